/// A header field, by where it stands in the packet.
package struct PacketField: Hashable, Sendable {
    package let base: Payload.Base
    package let offset: UInt32
    package let length: UInt32

    package init(_ base: Payload.Base, offset: UInt32, length: UInt32) {
        self.base = base
        self.offset = offset
        self.length = length
    }
}

extension PacketField {
    package static let etherDestination = PacketField(.link, offset: 0, length: 6)
    package static let etherSource = PacketField(.link, offset: 6, length: 6)
    package static let etherType = PacketField(.link, offset: 12, length: 2)

    package static let arpOperation = PacketField(.network, offset: 6, length: 2)

    package static let ip4Protocol = PacketField(.network, offset: 9, length: 1)
    package static let ip4Source = PacketField(.network, offset: 12, length: 4)
    package static let ip4Destination = PacketField(.network, offset: 16, length: 4)

    package static let ip6Source = PacketField(.network, offset: 8, length: 16)
    package static let ip6Destination = PacketField(.network, offset: 24, length: 16)

    /// TCP, UDP and SCTP agree on where ports stand.
    package static let sourcePort = PacketField(.transport, offset: 0, length: 2)
    package static let destinationPort = PacketField(.transport, offset: 2, length: 2)
    package static let tcpFlags = PacketField(.transport, offset: 13, length: 1)
    package static let icmpType = PacketField(.transport, offset: 0, length: 1)
}

extension PacketField {
    /// The field's first bytes: what is compared for a prefix that ends on a byte.
    package func prefix(_ bytes: UInt32) -> PacketField {
        PacketField(base, offset: offset, length: min(bytes, length))
    }
}
