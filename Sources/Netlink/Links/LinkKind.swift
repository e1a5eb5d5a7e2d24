/// The driver behind a link, by the kernel's name for it; any name is representable.
package struct LinkKind: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static let bridge = LinkKind(rawValue: "bridge")
    package static let dummy = LinkKind(rawValue: "dummy")
    package static let ifb = LinkKind(rawValue: "ifb")
    package static let veth = LinkKind(rawValue: "veth")
    package static let vlan = LinkKind(rawValue: "vlan")
    package static let vxlan = LinkKind(rawValue: "vxlan")
}

extension LinkKind: CustomStringConvertible {
    package var description: String { rawValue }
}
