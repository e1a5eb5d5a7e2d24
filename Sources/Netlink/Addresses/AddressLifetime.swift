import CMnl

/// How long an address is used for new connections, and how long it exists, in seconds.
package struct AddressLifetime: Hashable, Sendable {
    package var preferred: UInt32
    package var valid: UInt32

    package init(preferred: UInt32, valid: UInt32) {
        self.preferred = preferred
        self.valid = valid
    }

    /// The kernel's INFINITY_LIFE_TIME, twice.
    package static let forever = AddressLifetime(preferred: .max, valid: .max)
}

extension AddressLifetime {
    var raw: ifa_cacheinfo {
        ifa_cacheinfo(ifa_prefered: preferred, ifa_valid: valid, cstamp: 0, tstamp: 0)
    }

    init(_ attribute: borrowing Attribute) throws(NetlinkError) {
        let raw = try attribute.fixed(ifa_cacheinfo.self)
        self.init(preferred: raw.ifa_prefered, valid: raw.ifa_valid)
    }
}
