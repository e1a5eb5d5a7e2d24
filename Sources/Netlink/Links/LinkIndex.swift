/// The number of a link in its namespace; the kernel gives it and keeps it until the link ends.
package struct LinkIndex: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The loopback link is the first of every namespace.
    package static let loopback = LinkIndex(rawValue: 1)
}

extension LinkIndex: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension LinkIndex: CustomStringConvertible {
    package var description: String { "link \(rawValue)" }
}

extension LinkIndex {
    /// The number as netlink headers hold it.
    var header: Int32 { Int32(bitPattern: rawValue) }

    init(header: Int32) { self.init(rawValue: UInt32(bitPattern: header)) }

    /// The link of an attribute where zero means none.
    init?(_ attribute: borrowing Attribute) throws(NetlinkError) {
        let number: UInt32 = try attribute.host()
        guard number != 0 else { return nil }
        self.init(rawValue: number)
    }
}
