/// An address and the length of its network's prefix, such as 10.244.1.0/24 or 10.1.2.3/24.
///
/// The host part is kept, so an interface's address fits too; `network` is without it. Two values
/// are equal when both the address and the length are.
package struct CIDR: Hashable, Sendable {
    package let address: IPAddress
    package let prefixLength: UInt8

    /// Nil when the prefix is longer than addresses of the family are.
    package init?(_ address: IPAddress, prefixLength: UInt8) {
        guard prefixLength <= address.family.bitWidth else { return nil }
        self.init(address, length: prefixLength)
    }

    /// The network of one address: /32 or /128.
    package init(_ address: IPAddress) {
        self.init(address, length: address.family.bitWidth)
    }

    /// The network of all addresses: 0.0.0.0/0 or ::/0.
    package init(allOf family: IPFamily) { self.init(IPAddress(family, bits: 0), length: 0) }

    /// Nil when the mask is of the other family or has a zero bit before a one.
    package init?(_ address: IPAddress, netmask: IPAddress) {
        guard address.family == netmask.family else { return nil }
        let family = netmask.family
        let hostBits = netmask.bits ^ family.lastBits
        guard hostBits & (hostBits &+ 1) == 0 else { return nil }
        self.init(address, length: family.bitWidth - UInt8(hostBits.nonzeroBitCount))
    }

    /// For lengths known to fit.
    init(_ address: IPAddress, length: UInt8) {
        self.address = address
        prefixLength = length
    }
}

extension CIDR {
    package var family: IPFamily { address.family }

    /// The network itself: the address without its host part.
    package var network: CIDR { CIDR(first, length: prefixLength) }

    /// Whether the host part is zero.
    package var isNetwork: Bool { address.bits & hostMask == 0 }

    /// The mask that keeps the network's part of an address, such as 255.255.255.0.
    package var netmask: IPAddress { IPAddress(family, bits: hostMask ^ family.lastBits) }

    /// The network's lowest address.
    package var first: IPAddress { IPAddress(family, bits: address.bits & ~hostMask) }

    /// The network's highest address.
    package var last: IPAddress { IPAddress(family, bits: address.bits | hostMask) }

    /// The address all hosts of an IPv4 network listen to; networks of one or two have none.
    package var broadcast: IPv4Address? {
        guard hostBits >= 2, case .v4(let address) = last else { return nil }
        return address
    }

    var hostBits: UInt8 { family.bitWidth - prefixLength }

    /// Ones where the host part is; a shift by all 128 bits leaves zero.
    var hostMask: UInt128 { ~(UInt128.max << UInt128(hostBits)) }
}

extension CIDR: Comparable {
    /// By address, a network before the networks in it.
    package static func < (left: Self, right: Self) -> Bool {
        left.address == right.address
            ? left.prefixLength < right.prefixLength : left.address < right.address
    }
}
