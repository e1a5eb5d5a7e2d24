import NFTables

/// The number that the first packet of a connection carries while the rules find it a backend.
///
/// It lies in the packet's priority, which no routing rule looks at and which is given back before
/// the packet leaves the node. Rules cannot hand registers on to each other, and a packet's mark
/// belongs to others.
package struct Ticket: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Which of a port's properties the rules must look at.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The backends of this node, instead of those of the cluster.
        package static let local = Flags(rawValue: 1)
        /// It came to an address that is reachable from outside the cluster.
        package static let external = Flags(rawValue: 2)
        /// Not everybody may come.
        package static let guarded = Flags(rawValue: 4)
        /// Clients stay with their backend.
        package static let affine = Flags(rawValue: 8)
        /// There is no backend anywhere.
        package static let refused = Flags(rawValue: 16)
    }
}

extension Ticket {
    /// Tells tickets from priorities: traffic classes of qdiscs c000: and up are not in use.
    static let tag: UInt32 = 0xC000_0000
    private static let placeBit: UInt32 = 0x2000_0000
    private static let rotationBit: UInt32 = 0x1000_0000
    private static let numberShift: UInt32 = 8
    private static let flagMask: UInt32 = 0xFF
    private static let numberMask: UInt32 = 0x0FFF_FF00

    /// What is left of a ticket when only the port that it is for matters.
    static let portMask = tag | numberMask
    /// The same, with the choice between the port's two lists.
    static let listMask = portMask | Flags.local.rawValue

    /// How many service ports of a family there can be.
    static let portLimit = numberMask >> numberShift
    /// How many rotations, and how many places of backends in all of them.
    static let rotationLimit = rotationBit - 1
    static let placeLimit = placeBit - 1

    /// A packet for a service port.
    package init(port number: UInt32, _ flags: Flags) {
        rawValue = Self.tag | number << Self.numberShift | flags.rawValue
    }

    /// A packet whose turn it is in a rotation.
    package init(rotation number: UInt32) { rawValue = Self.tag | Self.rotationBit | number }

    /// A packet that has found the place of its backend.
    package init(place number: UInt32) { rawValue = Self.tag | Self.placeBit | number }

    package var port: UInt32? { isOfPort ? (rawValue & Self.numberMask) >> Self.numberShift : nil }
    package var flags: Flags { Flags(rawValue: rawValue & Self.flagMask) }

    package var rotation: UInt32? {
        let bits = Self.tag | Self.placeBit | Self.rotationBit
        return rawValue & bits == Self.tag | Self.rotationBit ? rawValue & ~bits : nil
    }

    package var place: UInt32? {
        let bits = Self.tag | Self.placeBit
        return rawValue & bits == bits ? rawValue & ~bits : nil
    }

    private var isOfPort: Bool {
        rawValue & (Self.tag | Self.placeBit | Self.rotationBit) == Self.tag
    }

    var value: Value { Value(host: rawValue) }

    /// Reads a ticket as nftables has it, in the host's byte order.
    init?(_ bytes: Span<UInt8>) {
        guard bytes.count == 4 else { return nil }
        var number: UInt32 = 0
        for index in bytes.indices { number |= UInt32(bytes[index]) << (8 * UInt32(index)) }
        self.init(rawValue: UInt32(littleEndian: number))
    }
}
