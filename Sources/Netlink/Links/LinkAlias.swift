import CMnl

/// A free text that a link carries, which marks links as somebody's own.
package struct LinkAlias: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Takes 1 to 255 bytes without NUL.
    package init(_ text: String) throws(NetlinkError) {
        try KernelText.check(text, limit: Int(IFALIASZ) - 1, "name link alias")
        description = text
    }
}
