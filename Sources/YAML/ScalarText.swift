/// A text as it stands in a document: bare where no reader could take it for something else.
struct ScalarText {
    let text: String

    init(_ string: String) {
        text = Self.isPlain(string) ? string : Self.quoted(string)
    }

    /// Fewer texts than YAML allows, but these for certain.
    private static func isPlain(_ string: String) -> Bool {
        let bytes = Array(string.utf8)
        guard let first = bytes.first, let last = bytes.last else { return false }
        let isSafe =
            isWord(first) && bytes.allSatisfy { isWord($0) || inner.contains($0) }
            && last != UInt8(ascii: ":") && last != UInt8(ascii: " ") && !string.contains(": ")
        // Three dots at the beginning of a line would end the document.
        guard isSafe, !isTime(bytes), !string.hasPrefix("...") else { return false }
        return (try? ScalarResolution.kind(string.utf8.span, tag: nil, isPlain: true)) == .text
    }

    /// What may begin a plain text.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// What may stand inside a plain text besides.
    private static let inner = Array("-:+=@, ()".utf8)

    /// A date, or a number in base 60: text to Kubernetes, but not to every reader of YAML 1.1.
    private static func isTime(_ bytes: [UInt8]) -> Bool {
        let isDigit = { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } as (UInt8) -> Bool
        let isDate =
            bytes.count > 4 && bytes[..<4].allSatisfy(isDigit) && bytes[4] == UInt8(ascii: "-")
        let separators = Array(":._".utf8)
        return isDate
            || bytes.contains(UInt8(ascii: ":"))
                && bytes.allSatisfy { isDigit($0) || separators.contains($0) }
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where scalar.isPrintableInYAML: text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text + "\""
    }
}

/// A text of several lines as a block, which people can read; nil where quotes are safer.
struct BlockText {
    let text: String

    init?(_ string: String, indent: Int) {
        var lines = string.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1, let first = lines.first?.unicodeScalars.first else { return nil }
        // Readers take the indent from the first line.
        guard first != " ", first != "\t", string.unicodeScalars.allSatisfy(Self.isInner) else {
            return nil
        }
        let endsLine = lines.last == ""
        if endsLine { lines.removeLast() }
        // More than one empty line at the end would need another sign.
        guard lines.last != "" else { return nil }
        let margin = String(repeating: " ", count: indent)
        text = lines.reduce(endsLine ? "|" : "|-") { $0 + "\n" + ($1.isEmpty ? "" : margin + $1) }
    }

    private static func isInner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || scalar.isPrintableInYAML
    }
}

extension Unicode.Scalar {
    /// Whether it can stand in a document as itself, and ends no line.
    fileprivate var isPrintableInYAML: Bool {
        switch value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
