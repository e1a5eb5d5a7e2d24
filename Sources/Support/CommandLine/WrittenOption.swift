/// An option as a word of a command line writes it.
struct WrittenOption: Hashable, Sendable {
    let option: Option
    /// With its dashes, as messages repeat it.
    let flag: String
    /// The value in the same word.
    let attached: String?

    /// Whether the word after it is its value.
    var wantsValue: Bool { option.value != nil && option.implied == nil && attached == nil }
}

extension [Option] {
    /// The option that a word names: `--name`, `--name=value`, and for an option with a letter `-n`,
    /// `-nvalue`, `-n=value`; nil for an operand.
    func written(in word: String) throws(UsageError) -> WrittenOption? {
        if word.hasPrefix("--") || isLong(word) { return try long(word.drop { $0 == "-" }) }
        guard word.hasPrefix("-"), word.count > 1 else { return nil }
        return try short(word.dropFirst())
    }

    /// Whether a word with one dash is the whole name of an option that may be written so.
    private func isLong(_ word: String) -> Bool {
        guard word.hasPrefix("-") else { return false }
        let name = word.dropFirst().prefix { $0 != "=" }
        return contains { $0.takesOneDash && $0.name == name }
    }

    private func long(_ flag: Substring) throws(UsageError) -> WrittenOption {
        let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = first(where: { $0.name == name }) else {
            throw .unknown("option", "--\(name)", among: map { "--\($0.name)" })
        }
        let attached = parts.count > 1 ? String(parts[1]) : nil
        return WrittenOption(option: option, flag: "--\(name)", attached: attached)
    }

    private func short(_ word: Substring) throws(UsageError) -> WrittenOption {
        guard let letter = word.first, let option = first(where: { $0.letter == letter })
        else { throw UsageError("unknown option '-\(word)'") }
        let attached = word.dropFirst()
        let value = attached.first == "=" ? attached.dropFirst() : attached
        return WrittenOption(
            option: option, flag: "-\(letter)",
            attached: attached.isEmpty ? nil : String(value))
    }
}
