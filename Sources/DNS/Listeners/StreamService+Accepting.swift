import Network
import Platform

extension StreamService {
    /// So many are taken before those who are connected have their turn.
    private static var acceptedAtOnce: Int { 32 }

    /// Takes some of those who wait.
    mutating func accept(through gate: StreamGate) {
        for number in 0..<Self.acceptedAtOnce {
            do throws(PlatformError) {
                guard let socket = try gate.socket.accept() else { return }
                admit(socket)
            } catch {
                // accept(2) wants a descriptor before it looks whether anybody waits, so perhaps
                // nobody does; the next turn knows.
                if number > 0 { return }
                if error.code == .tooManyOpenFiles { evict() }
                return pause(gate)
            }
        }
    }

    private mutating func admit(_ socket: consuming StreamSocket) {
        counts.accepted += 1
        // Who has gone again has no address.
        guard let peer = (try? socket.socket.peerAddress)?.flatMap(\.ip),
            (try? socket.disableDelay()) != nil
        else { return counts.count(.reset) }
        guard crowd.admits(peer.address) else {
            counts.refused += 1
            return
        }
        if crowd.isFull { evict() }
        add(socket, Client(peer.address, listener.makeCodec == nil ? .tcp : .tls, port: peer.port))
    }

    private mutating func add(_ socket: consuming StreamSocket, _ peer: Client) {
        let source = StreamSource(rawValue: next)
        next += 1
        let connection = StreamConnection(listener.settings, listener.makeCodec?(), at: now)
        let place = crowd.add(source, of: peer.address, at: now)
        let client = StreamClient(source, socket, peer, connection, at: place)
        clients[source] = client
        do throws(PlatformError) {
            try client.join(&loop)
        } catch {
            close(client, .reset)
        }
    }

    private mutating func evict() {
        guard let source = crowd.takeIdlest(), let client = clients[source] else { return }
        close(client, .evicted)
    }

    /// There are no descriptors left, or no memory: who waits keeps waiting for a while.
    private mutating func pause(_ gate: StreamGate) {
        counts.exhausted += 1
        guard let number = listener.gates.firstIndex(where: { $0 === gate }) else { return }
        try? gate.ignore(loop)
        loop.schedule(StreamSource(rawValue: UInt64(number)), at: now + listener.settings.exhausted)
    }

    /// Takes clients again.
    mutating func reopen(_ gate: StreamGate, _ source: StreamSource) {
        do throws(PlatformError) {
            try gate.watch(loop, as: source)
        } catch {
            loop.schedule(source, at: now + listener.settings.exhausted)
        }
    }
}
