import Network
import Platform

/// One of many connections that are made at once.
final class ConnectMember: Member {
    private var origins: Origins
    private let request: Request?
    private let options: SocketOptions
    private var answer: [UInt8]
    private var socket: Socket?
    private var start = Start(
        counted: MonotonicTime(nanoseconds: 0), actual: MonotonicTime(nanoseconds: 0))
    private var target: AddressAndPort
    private var isConnected = false

    /// With a request, its answer is awaited too.
    init(_ origins: Origins, _ request: Request?) {
        var origins = origins
        target = origins.nextTarget()
        self.origins = origins
        self.request = request
        answer = Array(repeating: 0, count: 4096)
        var options = SocketOptions()
        options.resetsOnClose = true
        options.sendsAtOnce = request != nil
        self.options = options
    }

    func enter(_ loop: borrowing EventLoop<Slot>, as slot: Slot) {}

    func begin(
        _ start: Start, _ loop: borrowing EventLoop<Slot>, as slot: Slot, _ tally: inout Tally
    ) throws(PlatformError) -> Bool {
        self.start = start
        target = origins.nextTarget()
        isConnected = false
        let socket = try origins.open(.stream, to: target, options)
        _ = try socket.connect(.ip(target))
        try loop.add(socket.descriptor, .write, as: slot)
        self.socket = consume socket
        return true
    }

    func proceed(
        _ loop: borrowing EventLoop<Slot>, as slot: Slot, _ tally: inout Tally
    ) throws(PlatformError) -> Bool {
        if try !isDone(loop, slot) { return true }
        socket = nil
        tally.end(start)
        return false
    }

    private func isDone(
        _ loop: borrowing EventLoop<Slot>, _ slot: Slot
    ) throws(PlatformError) -> Bool {
        if !isConnected {
            try socket?.finishConnecting(to: .ip(target))
            isConnected = true
            guard let request else { return true }
            _ = try socket?.send(request.bytes.span)
            try socket?.awaitAnswer(loop, slot)
        }
        guard let count = try socket?.receive(into: &answer) else { return false }
        if count == 0 { throw PlatformError(.connectionReset, "await an answer of", "\(target)") }
        return true
    }

    func giveUp(_ loop: borrowing EventLoop<Slot>, as slot: Slot) { socket = nil }
}

extension Socket {
    fileprivate borrowing func awaitAnswer(
        _ loop: borrowing EventLoop<Slot>, _ slot: Slot
    ) throws(PlatformError) {
        try loop.change(descriptor, .read, as: slot)
    }
}
