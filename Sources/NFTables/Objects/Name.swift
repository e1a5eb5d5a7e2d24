/// What the kernel accepts as the name of a table, chain or set.
enum Name {
    /// NFT_NAME_MAXLEN less the terminating NUL.
    static let maximumLength = 255

    static func validate(_ name: String, of kind: String) throws(NFTablesError) {
        guard let reason = fault(in: name) else { return }
        throw NFTablesError(.invalid, "name \(kind) \"\(name.prefix(40))\"", text: reason)
    }

    private static func fault(in name: String) -> String? {
        if name.isEmpty { return "the name is empty" }
        if name.utf8.contains(0) { return "the name holds NUL" }
        if name.utf8.count > maximumLength {
            return "\(name.utf8.count) bytes; the kernel takes \(maximumLength)"
        }
        return nil
    }
}
