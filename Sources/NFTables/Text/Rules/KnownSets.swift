/// The sets that rules refer to, as far as they are known.
struct KnownSets {
    private var sets: [String: TableContents.Contents] = [:]

    subscript(name: String) -> TableContents.Contents? { sets[name] }

    mutating func add(_ contents: TableContents.Contents) {
        sets[contents.set.name.name] = contents
    }

    /// A set by its name; one without a name by all it holds.
    func reference(_ name: String) throws(NFTablesError) -> String {
        guard let contents = sets[name], contents.set.flags.contains(.anonymous) else {
            return "@\(try name.nftName())"
        }
        let elements = try contents.texts()
        guard !elements.isEmpty else { throw .unwritable("elements of \(name), which are unknown") }
        return "{ \(elements.joined(separator: ", ")) }"
    }
}
