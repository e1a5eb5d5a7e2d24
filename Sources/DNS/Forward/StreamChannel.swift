import Network
import Platform

/// A connection to an upstream; what is sent before it is made waits.
final class StreamChannel: UpstreamChannel {
    private let socket: StreamSocket
    private let peer: AddressAndPort
    private var unsent: [UInt8] = []
    private var isConnected = false
    private var hasEnded = false
    private var interest: Readiness = [.read, .write]

    init(to peer: AddressAndPort) throws(PlatformError) {
        self.peer = peer
        socket = try StreamSocket(connectingTo: .ip(peer))
        try socket.disableDelay()
    }

    func advance(
        _ readiness: Readiness, _ buffer: inout [UInt8], into events: inout [ChannelEvent]
    ) {
        guard !hasEnded else { return }
        do throws(PlatformError) {
            if !isConnected {
                try socket.finishConnecting(to: .ip(peer))
                isConnected = readiness.contains(.write)
            }
            try write()
            try read(&buffer, into: &events)
        } catch {
            end(error.socketFailure, into: &events)
        }
    }

    private func write() throws(PlatformError) {
        guard isConnected, !unsent.isEmpty else { return }
        let bytes = unsent
        if let count = try socket.write(bytes.span) { unsent.removeFirst(count) }
    }

    /// Takes one buffer full; what is left is reported again.
    private func read(
        _ buffer: inout [UInt8], into events: inout [ChannelEvent]
    ) throws(PlatformError) {
        var span = buffer.mutableSpan
        guard isConnected, let count = try socket.read(into: &span) else { return }
        if count == 0 { return end(.refused, into: &events) }
        events.append(.bytes(Array(buffer[..<count])))
    }

    private func end(_ failure: SocketFailure, into events: inout [ChannelEvent]) {
        hasEnded = true
        events.append(.failed(failure))
    }

    func send(_ bytes: [UInt8]) { unsent += bytes }

    func join(
        _ loop: borrowing EventLoop<SocketID>, as source: SocketID
    ) throws(PlatformError) {
        try loop.add(socket.socket.descriptor, interest, as: source)
    }

    func updateInterest(
        on loop: borrowing EventLoop<SocketID>, as source: SocketID
    ) throws(PlatformError) {
        let wanted: Readiness = isConnected && unsent.isEmpty ? .read : [.read, .write]
        guard wanted != interest else { return }
        try loop.change(socket.socket.descriptor, wanted, as: source)
        interest = wanted
    }
}
