package import Network

/// One range of a configuration: addresses of a subnet that containers may get.
package struct LeaseRange: Hashable, Sendable {
    package let subnet: CIDR
    /// From `rangeStart` to `rangeEnd`, both included.
    package let bounds: AddressRange
    package let gateway: IPAddress
    /// The bounds without the gateway and what is excluded, in order.
    package let assignable: [AddressRange]

    init(subnet: CIDR, bounds: AddressRange, gateway: IPAddress, excluded: [AddressRange]) {
        self.subnet = subnet
        self.bounds = bounds
        self.gateway = gateway
        let reserved = excluded + [CIDR(gateway).addresses]
        assignable = reserved.reduce([bounds]) { rest, range in
            rest.flatMap { $0.subtracting(range) }
        }
    }
}

extension LeaseRange {
    func assigns(_ address: IPAddress) -> Bool {
        assignable.contains { $0.contains(address) }
    }

    /// The lowest address that may be given, of those above another one where there is such.
    func first(after address: IPAddress? = nil) -> IPAddress? {
        guard let address else { return assignable.first?.lower }
        guard let following = address.advanced(by: 1) else { return nil }
        return assignable.first { $0.upper >= following }.map { max($0.lower, following) }
    }
}
