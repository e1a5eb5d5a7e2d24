import CMnl

/// A routing table; any number is one.
package struct RouteTable: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ table: rt_class_t) { rawValue = table.rawValue }

    package static let main = RouteTable(RT_TABLE_MAIN)
    package static let local = RouteTable(RT_TABLE_LOCAL)
    package static let `default` = RouteTable(RT_TABLE_DEFAULT)
}

extension RouteTable {
    /// The number where it fits the byte that headers have for it; beyond, an attribute holds it.
    var headerNumber: UInt8? { UInt8(exactly: rawValue) }
}

extension RouteTable: CustomStringConvertible {
    package var description: String { "table \(rawValue)" }
}

/// Who made a route: a mark by which a program knows its own.
package struct RouteProtocol: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ number: Int32) { rawValue = UInt8(truncatingIfNeeded: number) }

    package static let unspecified = RouteProtocol(RTPROT_UNSPEC)
    package static let kernel = RouteProtocol(RTPROT_KERNEL)
    package static let boot = RouteProtocol(RTPROT_BOOT)
    package static let `static` = RouteProtocol(RTPROT_STATIC)
    /// Weft's own: "W", a number that linux/rtnetlink.h leaves free.
    package static let weft = RouteProtocol(rawValue: UInt8(ascii: "W"))
}

/// How far away what a route or an address is about may be.
package struct RouteScope: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ scope: rt_scope_t) { rawValue = UInt8(truncatingIfNeeded: scope.rawValue) }

    package static let universe = RouteScope(RT_SCOPE_UNIVERSE)
    package static let link = RouteScope(RT_SCOPE_LINK)
    package static let host = RouteScope(RT_SCOPE_HOST)
    /// In a request to delete: of any scope.
    package static let nowhere = RouteScope(RT_SCOPE_NOWHERE)
}

/// What becomes of a packet that a route matches.
package struct RouteType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ type: Int) { rawValue = UInt8(truncatingIfNeeded: type) }

    package static let unspecified = RouteType(RTN_UNSPEC)
    package static let unicast = RouteType(RTN_UNICAST)
    package static let local = RouteType(RTN_LOCAL)
    package static let broadcast = RouteType(RTN_BROADCAST)
    package static let anycast = RouteType(RTN_ANYCAST)
    package static let multicast = RouteType(RTN_MULTICAST)
    /// Dropped without a word.
    package static let blackhole = RouteType(RTN_BLACKHOLE)
    /// Answered with "host unreachable".
    package static let unreachable = RouteType(RTN_UNREACHABLE)
    /// Answered with "administratively prohibited".
    package static let prohibit = RouteType(RTN_PROHIBIT)
    /// Looked up in the table of the next rule.
    package static let `throw` = RouteType(RTN_THROW)
}
