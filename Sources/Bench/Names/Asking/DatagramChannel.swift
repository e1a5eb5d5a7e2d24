import Network
import Platform

/// Asks by UDP.
final class DatagramChannel: AskingChannel {
    private let socket: UDPSocket
    private var outgoing: OutgoingBatch
    private var incoming: DatagramBatch

    /// As many go and come with one call.
    private static let batch = 32
    /// No question is longer, with 255 octets of name at most.
    private static let longestQuestion = 320
    /// What fits into an Ethernet frame.
    private static let longestAnswer = 1472
    /// Answers wait here, not get lost, while the thread does not run.
    private static let receiveBuffer = 4 << 20

    init(to target: AddressAndPort) throws(PlatformError) {
        var options = SocketOptions()
        options.receiveBuffer = Self.receiveBuffer
        let socket = try UDPSocket(connectedTo: target, options)
        let outgoing = try OutgoingBatch(count: Self.batch, room: Self.longestQuestion)
        incoming = try DatagramBatch(
            count: Self.batch, room: Self.longestAnswer, answerRoom: 0)
        self.socket = socket
        self.outgoing = outgoing
    }

    func watch(in list: inout ReadinessList) { list.add(socket.socket.descriptor, .read) }

    @inline(__always)
    func add(_ question: Int, of questions: QuestionSet, id: UInt16) throws(PlatformError) {
        if outgoing.isFull { try flush() }
        outgoing.append { room in questions.write(question, id: id, into: &room) }
    }

    func flush() throws(PlatformError) {
        while outgoing.count > 0 {
            if try socket.send(&outgoing) > 0 { continue }
            // The kernel makes room as soon as it has sent something.
            _ = try socket.socket.descriptor.wait(for: .write, until: .now + .milliseconds(1))
        }
    }

    @inline(__always)
    func receive(
        _ body: (Span<UInt8>, MonotonicTime) -> Void
    ) throws(PlatformError) {
        while true {
            let count = try socket.receive(into: &incoming)
            if count == 0 { return }
            let now = MonotonicTime.now
            for index in 0..<count { incoming.read(index) { body($0, now) } }
            // More would have been there, had there been more.
            if count < Self.batch { return }
        }
    }
}
