extension CIDR {
    /// All addresses of the network.
    package var addresses: AddressRange {
        AddressRange(family, address.bits & ~hostMask, last.bits)
    }

    /// The addresses that hosts can have.
    ///
    /// The lowest is left out, and so is IPv4's broadcast address. Links between two hosts use
    /// both addresses of a /31 or /127 (RFC 3021, RFC 6164), and a /32 or /128 is one host.
    package var hosts: AddressRange {
        if hostBits < 2 { return addresses }
        let end = last.bits - (family == .v4 ? 1 : 0)
        return AddressRange(family, first.bits + 1, end)
    }

    /// How many addresses the network has; ::/0 counts one too few.
    package var count: UInt128 { addresses.count }

    /// The address at an offset from the lowest, nil outside the network.
    package func address(at offset: Int) -> IPAddress? {
        guard offset >= 0, UInt128(offset) <= hostMask else { return nil }
        return IPAddress(family, bits: first.bits + UInt128(offset))
    }

    /// The offset of an address from the lowest, nil outside the network or beyond Int.
    package func offset(of member: IPAddress) -> Int? {
        contains(member) ? Int(exactly: member.bits & hostMask) : nil
    }
}
