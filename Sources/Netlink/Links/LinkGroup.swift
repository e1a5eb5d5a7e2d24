/// A number that links of one namespace share, so that one request means all of them.
package struct LinkGroup: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The group of every link that was given none.
    package static let none = LinkGroup(rawValue: 0)
}
