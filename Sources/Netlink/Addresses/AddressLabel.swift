/// The name an IPv4 address is listed under, by old custom the link's name and a suffix.
package struct AddressLabel: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// IFNAMSIZ without the terminating zero.
    private static let limit = 15

    /// Takes 1 to 15 bytes without NUL.
    package init(_ text: String) throws(NetlinkError) {
        try KernelText.check(text, limit: Self.limit, "label address")
        description = text
    }

    /// For what the kernel has accepted.
    init(kernel text: String) { description = text }
}
