/// A text in the language of troff, with the macros of man(7).
struct Troff: Hashable, Sendable {
    private(set) var text = ""
}

extension Troff {
    mutating func macro(_ name: String, _ arguments: String...) {
        text += ([".\(name)"] + arguments.map { "\"\(Self.escaped($0))\"" }).joined(separator: " ")
        text += "\n"
    }

    /// Text with marks of its own for fonts, which is escaped already.
    mutating func marked(_ line: String) { text += "\(line)\n" }

    mutating func lines(_ lines: some Sequence<some StringProtocol>) {
        for line in lines { text += "\(Self.guarded(Self.escaped(line)))\n" }
    }

    /// Lines that stay as they are.
    mutating func literal(_ lines: some Sequence<some StringProtocol>) {
        macro("RS", "4")
        macro("EX")
        self.lines(lines)
        macro("EE")
        macro("RE")
    }

    static func bold(_ text: some StringProtocol) -> String { "\\fB\(escaped(text))\\fR" }
    static func italic(_ text: some StringProtocol) -> String { "\\fI\(escaped(text))\\fR" }

    static func escaped(_ text: some StringProtocol) -> String {
        text.unicodeScalars.map { scalar in
            if let escape = escapes[scalar] { return escape }
            return scalar.isASCII ? String(scalar) : "\\[u\(hexadecimal(scalar))]"
        }.joined()
    }

    /// Characters that would become others: typographic ones, or commands.
    private static let escapes: [Unicode.Scalar: String] = [
        "\\": "\\e", "-": "\\-", "\"": "\\(dq", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha",
        "~": "\\(ti",
    ]

    /// groff wants four digits at least.
    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A full stop at a line's beginning would make a macro of the line.
    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") ? "\\&\(line)" : line
    }
}
