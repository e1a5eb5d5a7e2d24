package import Network
package import Platform
import Wire

/// An Ethernet frame, read as far as assertions need.
package struct Frame: Hashable, Sendable {
    package let source: MACAddress
    package let destination: MACAddress
    package let type: PacketSocket.EtherType
    /// Present in an IPv4 or IPv6 frame.
    package let packet: Packet?
}

/// An IP packet.
package struct Packet: Hashable, Sendable {
    package let source: IPAddress
    package let destination: IPAddress
    /// The time to live or hop limit.
    package let hopLimit: UInt8
    package let number: IPProtocol
    /// Nil in a later fragment and in a protocol that has no case.
    package let transport: Transport?
    /// What follows the transport header, or the IP header when there is none known.
    package let payload: [UInt8]

    package enum Transport: Hashable, Sendable {
        case tcp(source: Port, destination: Port, TCPFlags)
        case udp(source: Port, destination: Port)
        case sctp(source: Port, destination: Port)
        /// Of either family: `number` tells.
        case icmp(type: UInt8, code: UInt8)
    }

    package struct TCPFlags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let fin = TCPFlags(rawValue: 0x01)
        package static let syn = TCPFlags(rawValue: 0x02)
        package static let rst = TCPFlags(rawValue: 0x04)
        package static let ack = TCPFlags(rawValue: 0x10)
    }
}

extension Packet {
    /// Where it comes from, if its protocol has ports.
    package var from: AddressAndPort? { ports.map { AddressAndPort(source, $0.source) } }

    /// Where it goes.
    package var to: AddressAndPort? { ports.map { AddressAndPort(destination, $0.destination) } }

    private var ports: (source: Port, destination: Port)? {
        switch transport {
        case .tcp(let source, let destination, _), .udp(let source, let destination),
            .sctp(let source, let destination):
            (source, destination)
        case .icmp, nil: nil
        }
    }
}

extension Frame: CustomStringConvertible {
    package var description: String {
        guard let packet else {
            return "\(source) > \(destination), type 0x\(String(type.rawValue, radix: 16))"
        }
        return "\(packet)"
    }
}

extension Packet: CustomStringConvertible {
    package var description: String {
        let ends =
            "\(from.map { "\($0)" } ?? "\(source)") > \(to.map { "\($0)" } ?? "\(destination)")"
        let rest = "hop limit \(hopLimit), \(payload.count) bytes"
        return switch transport {
        case .tcp(_, _, let flags): "\(number) \(ends) flags \(flags.rawValue), \(rest)"
        case .icmp(let type, let code): "\(number) \(ends) type \(type) code \(code), \(rest)"
        default: "\(number) \(ends), \(rest)"
        }
    }
}
