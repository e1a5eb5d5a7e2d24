/// Splits the text of a Corefile into words.
struct CorefileLexer {
    private let bytes: [UInt8]
    private let file: String
    private let environment: (String) -> String?
    private var position = 0
    private var line = 1
    private var words = 0

    /// A ConfigMap has at most 1 MiB.
    static let longestFile = 4 << 20

    static func words(
        of bytes: [UInt8], file: String, environment: @escaping (String) -> String?
    ) throws(CorefileError) -> [Word] {
        var lexer = try CorefileLexer(bytes, file, environment)
        var words: [Word] = []
        while let word = try lexer.next() { words.append(word) }
        return words
    }

    private init(
        _ bytes: [UInt8], _ file: String, _ environment: @escaping (String) -> String?
    ) throws(CorefileError) {
        (self.bytes, self.file, self.environment) = (bytes, file, environment)
        if bytes.count > Self.longestFile {
            throw wrong("has \(bytes.count) bytes", "a Corefile has at most \(Self.longestFile)")
        }
        // The mark that some editors put in front (U+FEFF).
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    }

    private mutating func next() throws(CorefileError) -> Word? {
        let startsLine = skipSpace() || words == 0
        guard position < bytes.count else { return nil }
        words += 1
        let start = line
        let isQuoted = bytes[position] == Self.quote
        let content = try isQuoted ? quotedBytes() : plainBytes()
        guard let text = String(validating: content, as: UTF8.self) else {
            throw wrong("is no UTF-8 text", "save the file as UTF-8")
        }
        let value = try expanded(text)
        // What a variable holds is text, even if it looks like a brace.
        return Word(
            text: value, place: CorefilePlace(file: file, line: start),
            startsLine: startsLine, isQuoted: isQuoted || value != text)
    }

    /// Whether a line ended on the way.
    private mutating func skipSpace() -> Bool {
        var endedLine = false
        var isComment = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == Self.newline {
                line += 1
                (endedLine, isComment) = (true, false)
            } else if byte == Self.hash {
                isComment = true
            } else if !isComment, !Self.isSpace(byte) {
                break
            }
            position += 1
        }
        return endedLine
    }

    private mutating func plainBytes() -> [UInt8] {
        let start = position
        // As in CoreDNS, a comment may begin right behind a word.
        while position < bytes.count, !Self.isSpace(bytes[position]), bytes[position] != Self.hash {
            position += 1
        }
        return Array(bytes[start..<position])
    }

    /// What is between quotes; a backslash stands for itself but before a quote.
    private mutating func quotedBytes() throws(CorefileError) -> [UInt8] {
        let start = line
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Self.quote { return content }
            if byte == Self.newline { line += 1 }
            if byte == Self.backslash, position < bytes.count, bytes[position] == Self.quote {
                content.append(Self.quote)
                position += 1
            } else {
                content.append(byte)
            }
        }
        line = start
        throw wrong("a quote is never closed", "end the text with another quote")
    }

    private func wrong(_ problem: String, _ advice: String) -> CorefileError {
        CorefileError(CorefilePlace(file: file, line: line), problem, advice)
    }

    private static let newline = UInt8(ascii: "\n")
    private static let hash = UInt8(ascii: "#")
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0d).contains(byte)
    }
}

extension CorefileLexer {
    /// The text with the values of the variables it names as `{$NAME}` and `{%NAME%}`.
    private func expanded(_ text: String) throws(CorefileError) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let character = rest.first {
            if let (name, end) = Self.variable(rest) {
                guard let value = environment(String(name)) else {
                    throw wrong(
                        "the variable \(name) is not set",
                        "set it in the environment, or write its value")
                }
                result += value
                rest = rest[end...]
            } else {
                result.append(character)
                rest.removeFirst()
            }
        }
        return result
    }

    /// The variable that a text begins with, and where the text goes on.
    private static func variable(_ text: Substring) -> (Substring, String.Index)? {
        for (opening, closing) in [("{$", "}"), ("{%", "%}")] where text.hasPrefix(opening) {
            let name = text.dropFirst(2).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard !name.isEmpty, text[name.endIndex...].hasPrefix(closing) else { continue }
            return (name, text.index(name.endIndex, offsetBy: closing.count))
        }
        return nil
    }
}
