package import Network

/// One direction of a tracked connection.
package struct ConntrackTuple: Hashable, Sendable {
    package var source: IPAddress
    package var destination: IPAddress
    package var transport: IPProtocol
    package var detail: Detail

    /// What tells connections of one protocol between two hosts apart.
    package enum Detail: Hashable, Sendable {
        case ports(source: Port, destination: Port)
        case icmp(type: UInt8, code: UInt8, id: UInt16)
        case none
    }

    package init(
        _ transport: IPProtocol, from source: IPAddress, to destination: IPAddress,
        _ detail: Detail
    ) {
        self.source = source
        self.destination = destination
        self.transport = transport
        self.detail = detail
    }

    /// A direction of a protocol with ports.
    package init(
        _ transport: TransportProtocol, from source: AddressAndPort,
        to destination: AddressAndPort
    ) {
        self.init(
            IPProtocol(transport), from: source.address, to: destination.address,
            .ports(source: source.port, destination: destination.port))
    }

    package var family: IPFamily { destination.family }
}

extension ConntrackTuple {
    package var sourcePort: Port? {
        if case .ports(let port, _) = detail { port } else { nil }
    }

    package var destinationPort: Port? {
        if case .ports(_, let port) = detail { port } else { nil }
    }

    /// The other direction of a connection whose addresses nobody translates.
    package var reversed: ConntrackTuple {
        ConntrackTuple(transport, from: destination, to: source, detail.reversed)
    }
}

extension ConntrackTuple.Detail {
    fileprivate var reversed: ConntrackTuple.Detail {
        switch self {
        case .ports(let source, let destination): .ports(source: destination, destination: source)
        case .icmp(let type, let code, let id):
            .icmp(type: Self.answers[type] ?? type, code: code, id: id)
        case .none: .none
        }
    }

    /// The ICMP and ICMPv6 messages that answer one another.
    private static let answers: [UInt8: UInt8] = [
        8: 0, 0: 8, 13: 14, 14: 13, 15: 16, 16: 15, 17: 18, 18: 17,
        128: 129, 129: 128, 139: 140, 140: 139,
    ]
}

extension ConntrackTuple: CustomStringConvertible {
    package var description: String {
        switch detail {
        case .ports(let from, let to):
            "\(transport) \(AddressAndPort(source, from)) to \(AddressAndPort(destination, to))"
        case .icmp(let type, let code, let id):
            "\(transport) \(source) to \(destination) type \(type) code \(code) id \(id)"
        case .none: "\(transport) \(source) to \(destination)"
        }
    }
}
