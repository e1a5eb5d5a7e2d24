import DNS
import Network

/// Questions as they are sent, and what is looked at in each answer.
struct QuestionSet: Sendable {
    /// All messages, one after the other.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    private struct Entry {
        let start: Int32
        let length: Int16
        /// Where the question ends in the message, what may follow being an OPT record.
        let questionEnd: Int16
        let expectation: AnswerExpectation
    }

    init(_ questions: [NameQuestion]) throws(DNSError) {
        for question in questions {
            let message = try question.message
            let encoded = message.encoded()
            let nameLength = message.questions.first?.name.wire.count ?? 0
            entries.append(
                Entry(
                    start: Int32(bytes.count), length: Int16(encoded.count),
                    questionEnd: Int16(headerLength + nameLength + 4),
                    expectation: AnswerExpectation(question)))
            bytes += encoded
        }
    }

    var count: Int { entries.count }
}

extension QuestionSet {
    /// Writes a message with a number of its own, and returns its length.
    @inline(__always)
    func write(
        _ index: Int, id: UInt16, into room: inout MutableSpan<UInt8>, at place: Int = 0
    ) -> Int {
        let entry = entries[index]
        let (start, length) = (Int(entry.start), Int(entry.length))
        for offset in 2..<length { room[place + offset] = bytes[start + offset] }
        room[place] = UInt8(id >> 8)
        room[place + 1] = UInt8(truncatingIfNeeded: id)
        return length
    }

    func length(_ index: Int) -> Int { Int(entries[index].length) }

    /// What is to be said of an answer to one of the questions.
    @inline(__always)
    func verdict(on answer: Span<UInt8>, to index: Int) -> AnswerVerdict {
        let entry = entries[index]
        let (start, end) = (Int(entry.start), Int(entry.questionEnd))
        guard answer.count >= end else { return .malformed }
        let asked = bytes.span.extracting(start + headerLength..<start + end)
        return entry.expectation.verdict(on: answer, questionEnd: end, asked: asked)
    }
}
