import Network
import Platform
import Topology

/// One question to a server of the demonstration, from a machine of it.
struct Question {
    let target: AddressAndPort
    let transport: TransportProtocol
    /// The port that is asked from; nil for the kernel's choice.
    private let source: Port?
    private let patience: Duration

    init(
        _ transport: TransportProtocol, _ target: AddressAndPort, from source: Port? = nil,
        within patience: Duration = .seconds(2)
    ) {
        self.target = target
        self.transport = transport
        self.source = source
        self.patience = patience
    }

    private static func request(_ path: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n"
    }

    private static let longestAnswer = 1024

    /// The answer; an error says that none came in time, or that it was refused.
    func ask(from host: Host) throws(PlatformError) -> Answer {
        try host.run { () throws(PlatformError) in try ask() }
    }

    /// Asks until a server that was just started listens.
    func ask(from host: Host, trying limit: Duration) throws(PlatformError) -> Answer {
        let deadline = MonotonicTime.now + limit
        while true {
            do throws(PlatformError) {
                return try ask(from: host)
            } catch  where error.code == .connectionRefused && MonotonicTime.now < deadline {
                sleep(for: Self.pause)
            }
        }
    }

    private static let pause = Duration.milliseconds(1)

    /// Whether a server of anything else has something at a path.
    func finds(_ path: String, from host: Host) -> Bool {
        let deadline = MonotonicTime.now + patience
        let response = try? host.run { () throws(PlatformError) in
            try askStream(path, deadline)
        }
        return response.map { String(decoding: $0, as: UTF8.self).hasPrefix("HTTP/1.1 200 ") }
            ?? false
    }

    /// How long the answer takes, counted in the machine.
    func time(from host: Host) throws(PlatformError) -> Duration {
        try host.run { () throws(PlatformError) in
            let start = MonotonicTime.now
            _ = try ask()
            return .now - start
        }
    }

    private func ask() throws(PlatformError) -> Answer {
        let deadline = MonotonicTime.now + patience
        let bytes = try transport == .udp ? askDatagram(deadline) : askStream("/", deadline)
        let answer =
            transport == .udp
            ? Answer(String(decoding: bytes, as: UTF8.self)) : Answer(response: bytes)
        guard let answer else { throw PlatformError(.protocol, "understand", "\(target)") }
        return answer
    }

    private func askStream(
        _ path: String, _ deadline: MonotonicTime
    ) throws(PlatformError) -> [UInt8] {
        let stream = try StreamSocket(connectedTo: .ip(target), until: deadline)
        try stream.write(all: Self.request(path).utf8.span, until: deadline)
        var answer: [UInt8] = []
        var room = [UInt8](repeating: 0, count: Self.longestAnswer)
        while try stream.socket.descriptor.wait(for: .read, until: deadline) {
            var span = room.mutableSpan
            guard let count = try stream.read(into: &span) else { continue }
            if count == 0 { return answer }
            answer += room.prefix(count)
        }
        throw silence
    }

    private func askDatagram(_ deadline: MonotonicTime) throws(PlatformError) -> [UInt8] {
        let local = source.map { AddressAndPort(target.address.family.unspecified, $0) }
        let socket = try UDPSocket(connectedTo: target, from: local)
        _ = try socket.send("?\n".utf8.span)
        guard try socket.socket.descriptor.wait(for: .read, until: deadline) else { throw silence }
        var room = [UInt8](repeating: 0, count: Self.longestAnswer)
        var span = room.mutableSpan
        let count = try socket.receive(into: &span)?.length ?? 0
        return Array(room.prefix(count))
    }

    private var silence: PlatformError {
        PlatformError(.timedOut, "hear from", "\(target)")
    }
}

extension IPFamily {
    fileprivate var unspecified: IPAddress {
        switch self {
        case .v4: .v4(IPv4Address(0, 0, 0, 0))
        case .v6: .v6(IPv6Address(high: 0, low: 0))
        }
    }
}
