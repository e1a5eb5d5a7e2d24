package import Network
package import Platform
package import Topology

/// A client that asks which server answers, each time from another port.
package struct Inquirer: Sendable {
    private let host: Host
    private let target: AddressAndPort
    private let transport: TransportProtocol
    private var port: UInt16 = Self.ports.lowerBound

    /// All that nobody else uses in a namespace of the lab: routers remember UDP for 30 s.
    private static let ports: ClosedRange<UInt16> = 2000...65_000

    package init(_ transport: TransportProtocol, _ target: AddressAndPort, from host: Host) {
        self.host = host
        self.target = target
        self.transport = transport
    }
}

extension Inquirer {
    /// The number of the server that answers; nil if none does in time, or all refuse.
    package mutating func ask(within patience: Duration) -> UInt8? {
        port = port == Self.ports.upperBound ? Self.ports.lowerBound : port + 1
        let local = AddressAndPort(CIDR(allOf: target.address.family).address, Port(port))
        return try? host.run { () throws(PlatformError) in
            let deadline = MonotonicTime.now + patience
            return try transport == .udp
                ? askDatagram(from: local, deadline) : askStream(from: local, deadline)
        }
    }

    private func askStream(
        from local: AddressAndPort, _ deadline: MonotonicTime
    ) throws(PlatformError) -> UInt8? {
        let stream = try StreamSocket(
            connectedTo: .ip(target), from: .ip(local), until: deadline)
        guard try stream.socket.descriptor.wait(for: .read, until: deadline) else { return nil }
        var room: [1 of UInt8] = [0]
        var span = room.mutableSpan
        return try stream.read(into: &span) == 1 ? room[0] : nil
    }

    private func askDatagram(
        from local: AddressAndPort, _ deadline: MonotonicTime
    ) throws(PlatformError) -> UInt8? {
        let socket = try UDPSocket(connectedTo: target, from: local)
        let question: [UInt8] = [0]
        _ = try socket.send(question.span)
        guard try socket.socket.descriptor.wait(for: .read, until: deadline) else { return nil }
        var room: [1 of UInt8] = [0]
        var span = room.mutableSpan
        return try socket.receive(into: &span)?.length == 1 ? room[0] : nil
    }

    /// Asks again and again until a server answers.
    package mutating func ask(for server: UInt8, until deadline: MonotonicTime) -> Bool {
        while MonotonicTime.now < deadline {
            if ask(within: Self.patience) == server { return true }
        }
        return false
    }

    /// For one answer, which takes a hundredth of that where nothing is lost.
    private static let patience = Duration.milliseconds(20)
}
