import Network
import Platform
import TLS

/// A connection to an upstream; what is sent before it is made waits.
final class StreamChannel: UpstreamChannel {
    private let socket: StreamSocket
    private let peer: AddressAndPort
    private var unsent: [UInt8] = []
    private var session: TLSSession?
    private var isBroken = false
    private var isConnected = false
    private var hasEnded = false
    private var interest: Readiness = [.read, .write]

    init(
        to peer: AddressAndPort, over session: consuming TLSSession? = nil
    ) throws(PlatformError) {
        self.peer = peer
        self.session = session
        socket = try StreamSocket(connectingTo: .ip(peer))
        try socket.disableDelay()
        self.session?.takeOutput(into: &unsent)
    }

    func advance(
        _ readiness: Readiness, _ buffer: inout [UInt8], into events: inout [ChannelEvent]
    ) {
        guard !hasEnded else { return }
        if isBroken { return end(.refused, into: &events) }
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
        guard session != nil else { return events.append(.bytes(Array(buffer[..<count]))) }
        decrypt(Array(buffer[..<count]), into: &events)
        try write()
    }

    private func decrypt(_ bytes: [UInt8], into events: inout [ChannelEvent]) {
        var plain: [UInt8] = []
        var goesOn = false
        do throws(TLSError) {
            goesOn = try session?.receive(bytes.span, into: &plain) == .goesOn
        } catch {
            // An alert among the output tells the server; the engine asks elsewhere.
        }
        session?.takeOutput(into: &unsent)
        if !plain.isEmpty { events.append(.bytes(plain)) }
        if !goesOn { end(.refused, into: &events) }
    }

    private func end(_ failure: SocketFailure, into events: inout [ChannelEvent]) {
        hasEnded = true
        events.append(.failed(failure))
    }

    func send(_ bytes: [UInt8]) {
        guard session != nil else { return unsent += bytes }
        do throws(TLSError) {
            try session?.send(bytes)
        } catch {
            isBroken = true
        }
        session?.takeOutput(into: &unsent)
    }

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
