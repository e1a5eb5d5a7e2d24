/// What a line about a question says.
package struct LogFormat: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case text(String)
        case field(Field)
    }

    /// What stands for a property of the question or its answer.
    package enum Field: String, Hashable, Sendable, CaseIterable {
        case type, name, `class`, proto, remote, local, size, port, duration, rcode, rsize
        case flags = ">rflags"
        case bufferSize = ">bufsize"
        case wantsSignatures = ">do"
        case id = ">id"
        case opcode = ">opcode"
    }

    package private(set) var parts: [Part] = []

    /// As CoreDNS writes its lines, so that what reads them needs no change.
    package static let common = LogFormat(known: commonText)
    package static let combined = LogFormat(known: combinedText)

    private static let commonText =
        "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\" "
        + "{rcode} {>rflags} {rsize} {duration}"
    private static let combinedText =
        "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\" "
        + "{rcode} {>rflags} {rsize} {duration} {>opcode}"

    private init(known text: String) { append(text) { _ in } }

    init(_ word: Word, _ directive: Directive) throws(CorefileError) {
        var unknown: String?
        append(word.text) { unknown = unknown ?? $0 }
        if let unknown {
            let known = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
            throw directive.wrong(
                "the format has \(quoted("{\(unknown)}"))",
                "write one of {common} {combined} \(known)", at: word)
        }
    }

    private mutating func append(_ text: String, _ unknown: (String) -> Void) {
        var rest = Substring(text)
        while let opening = rest.firstIndex(of: "{"),
            let closing = rest[opening...].firstIndex(of: "}")
        {
            appendText(rest[..<opening])
            let name = String(rest[opening..<closing].dropFirst())
            switch name {
            case "common": append(Self.commonText, unknown)
            case "combined": append(Self.combinedText, unknown)
            default:
                // The labels of `metadata`, of which there are none here.
                if name.hasPrefix("/") {
                    appendText("-")
                } else if let field = Field(rawValue: name) {
                    parts.append(.field(field))
                } else {
                    unknown(name)
                }
            }
            rest = rest[closing...].dropFirst()
        }
        appendText(rest)
    }

    private mutating func appendText(_ text: Substring) {
        guard !text.isEmpty else { return }
        if case .text(let last) = parts.last {
            parts[parts.count - 1] = .text(last + text)
        } else {
            parts.append(.text(String(text)))
        }
    }
}
