/// Lets equal strings share their storage: names of namespaces, nodes, labels come again and again.
///
/// A table of fixed size in which a new string takes the place of an older one, so that names an
/// attacker makes up cost nothing.
package final class StringPool {
    private var strings = [String](repeating: "", count: size)

    package init() {}

    /// Slots; a string that finds its own taken by another is merely not shared.
    private static let size = 4096
    /// Strings up to this length are kept in the value itself on 64-bit machines.
    private static let inlineLength = 15
    /// Longer ones are no names that come again.
    private static let sharedLength = 128

    /// The text of bytes; what is not UTF-8 becomes replacement characters.
    func string(_ bytes: Span<UInt8>) -> String {
        guard bytes.count > Self.inlineLength, bytes.count <= Self.sharedLength else {
            return String(copying: bytes)
        }
        let slot = hash(bytes) & (Self.size - 1)
        if bytes.isEqual(to: strings[slot]) { return strings[slot] }
        let string = String(copying: bytes)
        strings[slot] = string
        return string
    }

    /// FNV-1a over the length and both ends, where names differ.
    private func hash(_ bytes: Span<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261 ^ UInt32(truncatingIfNeeded: bytes.count)
        for index in bytes.indices {
            hash = (hash ^ UInt32(bytes[index])) &* 16_777_619
        }
        return Int(hash ^ hash >> 15)
    }
}
