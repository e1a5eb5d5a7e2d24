/// The alphabet of container IDs and network names: a letter or digit, then also `_`, `.` and `-`.
///
/// What passes is safe as a part of a file name, a comment or a link's alias.
enum Identifier {
    /// A file name has 255 bytes, and ours join an identifier and an interface's name.
    static let longest = 200

    /// Nil when the text is well formed, else the rule that it breaks.
    static func defect(of text: String) -> String? {
        guard let first = text.utf8.first else { return "it must not be empty" }
        guard text.utf8.count <= longest else { return "it has more than \(longest) bytes" }
        guard isAlphanumeric(first) else { return "it must begin with a letter or a digit" }
        guard text.utf8.allSatisfy(isAllowed) else {
            return "only letters, digits, underscore, dot and hyphen may stand in it"
        }
        return nil
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte)
            || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
