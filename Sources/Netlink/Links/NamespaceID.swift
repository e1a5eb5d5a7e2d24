/// The number by which one namespace knows another.
package struct NamespaceID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }
}
