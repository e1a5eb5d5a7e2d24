import Network
import Platform

/// Asks one server one question, and waits for the reply.
package struct DigExchange: Hashable, Sendable {
    package let server: DigServer
    package var timeout: Duration
    package var tries: Int
    package var usesTCP: Bool
    package var wantsRecursion: Bool

    package init(_ request: DigRequest, _ configuration: ResolverConfiguration) throws(DNSError) {
        guard let server = request.server ?? configuration.nameservers.first.map({ DigServer($0) })
        else {
            throw DNSError(
                .configuration, "choose a server",
                "/etc/resolv.conf names none; write @ADDRESS")
        }
        self.server = server
        timeout = request.timeout ?? configuration.timeout
        tries = request.tries ?? configuration.attempts
        usesTCP = request.usesTCP
        wantsRecursion = request.wantsRecursion
    }

    package enum Transport: String, Hashable, Sendable { case udp = "UDP", tcp = "TCP" }
}

/// A reply, and how it came.
package struct DigReply: Hashable, Sendable {
    package var message: Message
    package var server: DigServer
    package var transport: DigExchange.Transport
    package var size: Int
    package var elapsed: Duration
}

extension DigExchange {
    package func ask(_ question: Message.Question) throws(DNSError) -> DigReply {
        var random = SecureRandom()
        let lookup = Lookup(question.name, question.type, question.recordClass)
        let query = SentQuery(
            lookup, id: UInt16(truncatingIfNeeded: random.next()), hasEDNS: true,
            wantsRecursion: wantsRecursion)
        // Servers of before 1999 do not know EDNS.
        let plain = SentQuery(
            lookup, id: UInt16(truncatingIfNeeded: random.next()), hasEDNS: false,
            wantsRecursion: wantsRecursion)
        do throws(PlatformError) {
            if let reply = try ask(query) { return reply }
            if let reply = try ask(plain) { return reply }
        } catch {
            throw DNSError(.upstream, "ask \(server)", "\(error)")
        }
        throw DNSError(.upstream, "ask \(server)", "it understands no question, nor EDNS")
    }

    /// The reply; nil if the server does not take EDNS.
    private func ask(_ query: SentQuery) throws(PlatformError) -> DigReply? {
        if usesTCP { return try askStream(query) }
        var failure = silence(tries)
        for _ in 0..<tries {
            do throws(PlatformError) {
                let start = MonotonicTime.now
                switch try askDatagram(query) {
                case .truncated: return try askStream(query)
                case .refusesEDNS: return nil
                case .answer(let message, let size):
                    return DigReply(
                        message: message, server: server, transport: .udp, size: size,
                        elapsed: .now - start)
                case .silence: failure = silence(tries)
                }
            } catch {
                // Somebody may start to listen before the next try.
                failure = error
            }
        }
        throw failure
    }

    private func silence(_ tries: Int) -> PlatformError {
        let times = tries == 1 ? "" : ", \(tries) times"
        return PlatformError(
            .timedOut, "hear a reply",
            remedy:
                "waited \(timeout.words)\(times); is the address right, and no firewall between?")
    }

    private enum Outcome {
        case answer(Message, size: Int)
        case truncated, refusesEDNS, silence
    }

    private func zone() throws(PlatformError) -> UInt32 {
        guard let scope = server.address.scope else { return 0 }
        return try interfaceIndex(named: scope.rawValue)
    }

    private func askDatagram(_ query: SentQuery) throws(PlatformError) -> Outcome {
        let peer = AddressAndPort(server.address.address, server.port)
        let deadline = MonotonicTime.now + timeout
        let socket = try UDPSocket(connectedTo: peer, zone: zone())
        _ = try socket.send(query.bytes.span)
        var room = [UInt8](repeating: 0, count: longestMessage)
        while try socket.socket.descriptor.wait(for: .read, until: deadline) {
            var span = room.mutableSpan
            guard let length = try socket.receive(into: &span)?.length else { continue }
            switch query.verdict(on: Array(room.prefix(length)), isStream: false) {
            case .ignore, .otherCase: continue
            case .refusesEDNS: return .refusesEDNS
            case .truncated: return .truncated
            case .answer(let message): return .answer(message, size: length)
            }
        }
        return .silence
    }

    private func askStream(_ query: SentQuery) throws(PlatformError) -> DigReply? {
        let peer = AddressAndPort(server.address.address, server.port)
        let (start, deadline) = (MonotonicTime.now, MonotonicTime.now + timeout)
        let stream = try StreamSocket(connectedTo: .ip(peer, zone: zone()), until: deadline)
        let length = UInt16(query.bytes.count)
        let bytes = [UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] + query.bytes
        try stream.write(all: bytes.span, until: deadline)
        var connection = UpstreamConnection(to: 0, at: start)
        var room = [UInt8](repeating: 0, count: longestMessage)
        while try stream.socket.descriptor.wait(for: .read, until: deadline) {
            var span = room.mutableSpan
            guard let count = try stream.read(into: &span) else { continue }
            if count == 0 { throw PlatformError(.connectionReset, "hear a reply by TCP") }
            for reply in connection.messages(Array(room.prefix(count)), at: .now) {
                switch query.verdict(on: reply, isStream: true) {
                case .refusesEDNS: return nil
                case .ignore, .otherCase, .truncated: continue
                case .answer(let message):
                    return DigReply(
                        message: message, server: server, transport: .tcp, size: reply.count,
                        elapsed: .now - start)
                }
            }
        }
        throw silence(1)
    }
}

extension Duration {
    /// For people: `0.4 ms`, `12 ms`, `1.5 s`.
    var words: String {
        let microseconds = nanoseconds / 1000
        if microseconds < 10_000 { return Self.tenths(microseconds / 100) + " ms" }
        if microseconds < 1_000_000 { return "\(microseconds / 1000) ms" }
        return Self.tenths(microseconds / 100_000) + " s"
    }

    private static func tenths(_ count: Int64) -> String {
        count % 10 == 0 ? "\(count / 10)" : "\(count / 10).\(count % 10)"
    }
}
