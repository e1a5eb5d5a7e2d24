import Network
import Platform

/// A connected socket on which requests are sent and answered.
final class Line {
    private let kind: Socket.Kind
    private let target: AddressAndPort
    private let options: SocketOptions
    private var socket: Socket
    private var request: [UInt8]
    private let isEcho: Bool
    private var answer: [UInt8]
    /// How much of the next answer has come.
    private var filled = 0
    /// When the last request began.
    private var begun = MonotonicTime(nanoseconds: 0)

    /// A TCP connection, or a UDP socket that hears its target only; its calls wait for so long.
    init(
        _ kind: Socket.Kind, _ request: Request, _ origins: inout Origins, patience: Duration
    ) throws(PlatformError) {
        var options = SocketOptions()
        options.isBlocking = true
        options.waitLimit = patience
        options.sendsAtOnce = kind == .stream
        options.resetsOnClose = kind == .stream
        let target = origins.nextTarget()
        let socket = try origins.open(kind, to: target, options)
        guard try socket.connect(.ip(target)) else {
            throw PlatformError(.timedOut, "connect to", "\(target)")
        }
        self.kind = kind
        self.target = target
        self.options = options
        self.socket = socket
        self.request = request.bytes
        isEcho = request.isEcho
        // As much as the longest datagram.
        answer = Array(repeating: 0, count: isEcho ? Stamps.size : 1 << 16)
    }

    /// Lets the loop wait for answers instead of the calls.
    func register(in loop: borrowing EventLoop<Slot>, as slot: Slot) throws(PlatformError) {
        try socket.descriptor.makeNonblocking()
        try loop.add(socket.descriptor, .read, as: slot)
    }

    /// Sends the request; false if there was no room for it.
    func send(_ start: MonotonicTime) throws(PlatformError) -> Bool {
        begun = start
        if isEcho { Stamps.setBegun(start, in: &request) }
        let bytes = request
        return try socket.send(bytes.span) == bytes.count
    }

    /// Takes the next answer, and says when its request began; nil if none comes.
    func receive() throws(PlatformError) -> MonotonicTime? {
        while let count = try receivePart() {
            filled += count
            if !isEcho || filled == answer.count {
                filled = 0
                return isEcho ? Stamps.begun(in: answer) : begun
            }
            // A datagram of another length is nothing that was asked for.
            if kind == .datagram { filled = 0 }
        }
        return nil
    }

    private func receivePart() throws(PlatformError) -> Int? {
        let count = try socket.receive(into: &answer, after: filled)
        if kind == .stream, count == 0 {
            throw PlatformError(.connectionReset, "await an answer of", "\(target)")
        }
        return count
    }

    /// Makes sure that a late answer is not taken for that of a later request; true if the line has
    /// another socket now.
    func giveUp() throws(PlatformError) -> Bool {
        if kind == .stream { throw PlatformError(.timedOut, "await an answer of", "\(target)") }
        if isEcho { return false }
        let socket = try Socket(target.address.family, .datagram, options)
        _ = try socket.connect(.ip(target))
        self.socket = socket
        return true
    }
}
