import Network
import Platform

/// What a line about a question says; the same size for all, so that a ring of them is made once.
struct QueryRecord: Sendable {
    var name: QuestionName
    var id: UInt16
    var type: RecordType
    var recordClass: RecordClass
    var opcode: UInt8
    var size: Int
    var wantsSignatures: Bool
    var bufferSize: UInt16
    var client: Client
    var code: ResponseCode
    var flags: HeaderFlags
    var answers: UInt16
    var replySize: Int
    var duration: Duration
    /// The number of the format that the line has.
    var format: Int
}

extension QueryRecord {
    /// Takes a reply that is written out, whose header says what was answered.
    init(
        _ query: borrowing Query, _ name: borrowing QuestionName, size: Int, from client: Client,
        _ code: ResponseCode, _ reply: Span<UInt8>, after duration: Duration, format: Int
    ) {
        self.name = copy name
        id = query.id
        type = query.type
        recordClass = query.recordClass
        opcode = query.flags.opcode
        self.size = size
        wantsSignatures = query.edns?.wantsDNSSEC ?? false
        bufferSize = query.edns?.payloadSize ?? 512
        self.client = client
        self.code = code
        flags = HeaderFlags(rawValue: reply.count < 8 ? 0 : reply.bigEndian16(at: 2))
        answers = reply.count < 8 ? 0 : reply.bigEndian16(at: 6)
        replySize = reply.count
        self.duration = duration
        self.format = format
    }

    var classes: LogRule.Classes {
        switch code {
        case .noError: answers > 0 ? .success : .denial
        case .nameError: .denial
        default: .error
        }
    }
}

/// A rule of `log`, ready to be compared with questions.
package struct LogScope: Hashable, Sendable {
    let zone: ZoneSuffix
    let classes: LogRule.Classes
    /// The number of the format among the log's.
    let format: Int
}
