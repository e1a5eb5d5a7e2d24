/// The words of a command line, sorted by the options a command declares.
package struct Arguments: Hashable, Sendable {
    /// The values by option name; the empty text for a flag without one.
    private var values: [String: String] = [:]
    /// The options that are on the command line, with whatever value.
    private var given: Set<String> = []
    /// What is no option.
    package private(set) var operands: [String] = []
}

extension Arguments {
    /// Sorts the words; after `--`, and behind an entrance, all are operands.
    init(
        _ words: [String], options: [Option], entrances: [String: Int] = [:]
    ) throws(UsageError) {
        for option in options { values[option.name] = option.standard }
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                return
            }
            guard let written = try options.written(in: word) else {
                operands.append(word)
                guard let count = entrances[operands[0]], operands.count > count else { continue }
                operands += rest
                return
            }
            try set(written, &rest)
        }
    }

    /// Notes an option, with the value that belongs to it.
    private mutating func set(
        _ written: WrittenOption, _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        let (option, flag) = (written.option, written.flag)
        given.insert(option.name)
        guard let valueName = option.value else {
            if written.attached != nil { throw UsageError("\(flag) takes no value") }
            return values[option.name] = ""
        }
        guard let value = written.attached ?? option.implied ?? rest.popFirst() else {
            throw UsageError("\(flag) needs a value: \(flag) \(valueName)")
        }
        let earlier = option.isList ? values[option.name].map { "\($0)," } : nil
        values[option.name] = (earlier ?? "") + value
    }
}

extension Arguments {
    /// Whether a flag was given, or has a standard value.
    package func has(_ name: String) -> Bool { values[name] != nil }

    /// Whether it is on the command line.
    package func isGiven(_ name: String) -> Bool { given.contains(name) }

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

    /// The same, with another standard value than the option's own.
    package func number(
        _ name: String, in range: ClosedRange<Int>, else standard: Int
    ) throws(UsageError) -> Int {
        isGiven(name) ? try number(name, in: range) : standard
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
