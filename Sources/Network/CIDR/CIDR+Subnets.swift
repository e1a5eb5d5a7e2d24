extension CIDR {
    /// The networks of a given length that make up this one, none when that length is no longer.
    package func subnets(prefixLength: UInt8) -> Subnets {
        Subnets(of: self, prefixLength: prefixLength)
    }

    /// One of the networks of a given length that make up this one, counted from the lowest.
    package func subnet(at index: Int, prefixLength: UInt8) -> CIDR? {
        guard index >= 0 else { return nil }
        return Subnets(of: self, prefixLength: prefixLength).subnet(at: UInt128(index))
    }
}

/// The equal networks a network is split into, made as they are asked for.
package struct Subnets: Sequence, IteratorProtocol, Sendable {
    private let network: CIDR
    private let prefixLength: UInt8
    private let lastIndex: UInt128?
    private var index: UInt128? = 0

    fileprivate init(of network: CIDR, prefixLength: UInt8) {
        self.network = network.network
        self.prefixLength = prefixLength
        guard (network.prefixLength...network.family.bitWidth).contains(prefixLength) else {
            lastIndex = nil
            return
        }
        lastIndex = ~(UInt128.max << UInt128(prefixLength - network.prefixLength))
    }

    package mutating func next() -> CIDR? {
        guard let current = index, let subnet = subnet(at: current) else { return nil }
        // Past the last of 2¹²⁸ there is no index.
        index = current == .max ? nil : current + 1
        return subnet
    }

    fileprivate func subnet(at index: UInt128) -> CIDR? {
        guard let lastIndex, index <= lastIndex else { return nil }
        let shift = UInt128(network.family.bitWidth - prefixLength)
        let bits = network.address.bits | index << shift
        return CIDR(IPAddress(network.family, bits: bits), length: prefixLength)
    }
}
