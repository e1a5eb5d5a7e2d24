/// The words of a command line, sorted by the options a command declares.
package struct Arguments: Hashable, Sendable {
    /// The values by option name; the empty text for a flag without one.
    private var values: [String: String] = [:]
    /// What is no option.
    package private(set) var operands: [String] = []
}

extension Arguments {
    /// Sorts the words: `--name value`, `--name=value`, `--name`, and for an option with a letter
    /// `-n value`, `-nvalue`, `-n=value`, `-n`; after `--` all are operands.
    init(_ words: [String], options: [Option]) throws(UsageError) {
        for option in options { values[option.name] = option.standard }
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                return
            }
            if word.hasPrefix("--") || Self.isLong(word, options) {
                try take(word.drop { $0 == "-" }, options, &rest)
            } else if word.hasPrefix("-"), word.count > 1 {
                try take(letter: word.dropFirst(), options, &rest)
            } else {
                operands.append(word)
            }
        }
    }

    /// Whether a word with one dash is the whole name of an option that may be written so.
    private static func isLong(_ word: String, _ options: [Option]) -> Bool {
        guard word.hasPrefix("-") else { return false }
        let name = word.dropFirst().prefix { $0 != "=" }
        return options.contains { $0.takesOneDash && $0.name == name }
    }

    private mutating func take(
        _ flag: Substring, _ options: [Option], _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let attached = parts.count > 1 ? String(parts[1]) : nil
        guard let option = options.first(where: { $0.name == name }) else {
            throw .unknown("option", "--\(name)", among: options.map { "--\($0.name)" })
        }
        try set(option, "--\(name)", attached, &rest)
    }

    private mutating func take(
        letter word: Substring, _ options: [Option], _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        guard let letter = word.first, let option = options.first(where: { $0.letter == letter })
        else { throw UsageError("unknown option '-\(word)'") }
        let attached = word.dropFirst()
        let value = attached.first == "=" ? attached.dropFirst() : attached
        try set(option, "-\(letter)", attached.isEmpty ? nil : String(value), &rest)
    }

    /// Notes an option that was written as `flag`, with the value that belongs to it.
    private mutating func set(
        _ option: Option, _ flag: String, _ attached: String?, _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        guard let valueName = option.value else {
            if attached != nil { throw UsageError("\(flag) takes no value") }
            return values[option.name] = ""
        }
        guard let value = attached ?? option.implied ?? rest.popFirst() else {
            throw UsageError("\(flag) needs a value: \(flag) \(valueName)")
        }
        let earlier = option.isList ? values[option.name].map { "\($0)," } : nil
        values[option.name] = (earlier ?? "") + value
    }
}

extension Arguments {
    /// Whether a flag was given, or has a standard value.
    package func has(_ name: String) -> Bool { values[name] != nil }

    package func text(_ name: String) -> String? { values[name] }

    /// The value of an option that takes a whole number; its standard value is one.
    package func number(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int {
        let text = values[name] ?? ""
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(
                "--\(name) must be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound), not '\(text)'")
        }
        return number
    }

    /// The value of an option that takes a positive number; nil when it is not given.
    package func decimal(_ name: String) throws(UsageError) -> Double? {
        guard let text = values[name] else { return nil }
        guard let number = Double(text), number > 0, number.isFinite else {
            throw UsageError("--\(name) must be a number above zero, not '\(text)'")
        }
        return number
    }
}
