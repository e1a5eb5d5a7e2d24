import CMnl

/// How an address came to be and may be used.
package struct AddressFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ flag: Int32) { rawValue = UInt32(bitPattern: flag) }

    /// Usable at once: nobody is asked whether the IPv6 address is already taken.
    package static let noDuplicateDetection = AddressFlags(IFA_F_NODAD)
    /// Without a route to its network.
    package static let noPrefixRoute = AddressFlags(IFA_F_NOPREFIXROUTE)
    /// Without an end; every address without a lifetime gets it.
    package static let permanent = AddressFlags(IFA_F_PERMANENT)
    /// Not the first address of its IPv4 network on the link.
    package static let secondary = AddressFlags(IFA_F_SECONDARY)
    /// Not usable yet, while others are asked whether they have it.
    package static let tentative = AddressFlags(IFA_F_TENTATIVE)
    /// Not usable: another host has it.
    package static let duplicate = AddressFlags(IFA_F_DADFAILED)
    package static let deprecated = AddressFlags(IFA_F_DEPRECATED)
}
