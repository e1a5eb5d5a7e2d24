import DNS
import Network
import Platform

/// Asks by TCP, through a connection that stays open.
final class StreamChannel: AskingChannel {
    private let stream: StreamSocket
    private var outgoing = OutgoingStream()
    private var incoming = IncomingStream()

    private static let patience = Duration.seconds(5)

    init(to target: AddressAndPort) throws(PlatformError) {
        let stream = try StreamSocket(connectedTo: .ip(target), until: .now + Self.patience)
        try stream.disableDelay()
        self.stream = stream
    }

    func watch(in list: inout ReadinessList) { list.add(stream.socket.descriptor, .read) }

    func add(_ question: Int, of questions: QuestionSet, id: UInt16) throws(PlatformError) {
        if outgoing.isFull { try flush() }
        outgoing.add(question, of: questions, id: id)
    }

    func flush() throws(PlatformError) {
        try outgoing.flush(to: stream, until: .now + Self.patience)
    }

    func receive(
        _ body: (Span<UInt8>, MonotonicTime) -> Void
    ) throws(PlatformError) {
        while let count = try incoming.read(from: stream) {
            if count == 0 {
                throw PlatformError(
                    .connectionReset, "hear an answer by TCP", remedy: "the server has hung up")
            }
            let now = MonotonicTime.now
            incoming.takeMessages { body($0, now) }
        }
    }
}

/// Questions with their lengths before them, which are sent together.
private struct OutgoingStream {
    private var bytes: [UInt8] = []

    private static let room = 1 << 14
    private static let longestQuestion = 512

    init() { bytes.reserveCapacity(Self.room) }

    var isFull: Bool { bytes.count + 2 + Self.longestQuestion > Self.room }

    mutating func add(_ question: Int, of questions: QuestionSet, id: UInt16) {
        let length = questions.length(question)
        bytes.append(UInt8(length >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        let start = bytes.count
        for _ in 0..<length { bytes.append(0) }
        var span = bytes.mutableSpan
        _ = questions.write(question, id: id, into: &span, at: start)
    }

    mutating func flush(
        to stream: borrowing StreamSocket, until deadline: MonotonicTime
    ) throws(PlatformError) {
        if bytes.isEmpty { return }
        try stream.write(all: bytes.span, until: deadline)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// What has come, up to the first message that is not whole.
private struct IncomingStream {
    private var bytes: [UInt8]
    private var filled = 0

    /// A whole message and its length fit in any case.
    init() { bytes = [UInt8](repeating: 0, count: 2 * longestMessage) }

    /// How much has come; nil for nothing, zero for the end.
    mutating func read(from stream: borrowing StreamSocket) throws(PlatformError) -> Int? {
        let place = filled
        var span = bytes.mutableSpan
        let count = try Self.read(from: stream, into: &span, at: place)
        filled += count ?? 0
        return count
    }

    private static func read(
        from stream: borrowing StreamSocket, into span: inout MutableSpan<UInt8>, at place: Int
    ) throws(PlatformError) -> Int? {
        var rest = span._mutatingExtracting(place...)
        return try stream.read(into: &rest)
    }

    /// Shows the whole messages, and forgets them.
    mutating func takeMessages(_ body: (Span<UInt8>) -> Void) {
        var start = 0
        while start + 2 <= filled {
            let end = start + 2 + Int(bytes.span.bigEndian16(at: start))
            if end > filled { break }
            body(bytes.span.extracting(start + 2..<end))
            start = end
        }
        for index in start..<filled { bytes[index - start] = bytes[index] }
        filled -= start
    }
}
