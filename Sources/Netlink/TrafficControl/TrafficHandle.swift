import CMnl

/// The number of a qdisc, and of a place where one can be: major and minor, 16 bits each.
package struct TrafficHandle: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package init(_ major: UInt16, _ minor: UInt16 = 0) {
        rawValue = UInt32(major) << 16 | UInt32(minor)
    }

    /// The kernel chooses.
    package static let unspecified = TrafficHandle(rawValue: 0)
    /// The place of the qdisc that all outgoing packets pass.
    package static let root = TrafficHandle(rawValue: TC_H_ROOT)
    /// The place of the qdisc that incoming packets pass; `clsact` is there too.
    package static let ingress = TrafficHandle(rawValue: TC_H_INGRESS)
    /// The place for filters on incoming packets.
    package static let ingressFilters = TrafficHandle(0xFFFF, UInt16(TC_H_MIN_INGRESS))
    /// The place for filters on outgoing packets, with `clsact`.
    package static let egressFilters = TrafficHandle(0xFFFF, UInt16(TC_H_MIN_EGRESS))
}

extension TrafficHandle: CustomStringConvertible {
    package var description: String {
        "\(String(rawValue >> 16, radix: 16)):\(String(rawValue & 0xFFFF, radix: 16))"
    }
}
