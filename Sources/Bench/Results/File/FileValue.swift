import JSON

/// A value of a JSON file and where it stands, read with errors that name its key.
struct FileValue {
    let value: JSONValue
    /// As a user finds it: `measurements[3].figures[0].low`; empty for the document itself.
    let path: String
    private let file: String

    private init(_ value: JSONValue, at path: String, of file: String) {
        self.value = value
        self.path = path
        self.file = file
    }

    /// Reads a whole document.
    init(_ text: [UInt8], of file: String) throws(BenchError) {
        do throws(JSONError) {
            self.init(try JSONValue(document: text.span), at: "", of: file)
        } catch {
            throw BenchError(.file, "read \(file)", "\(error)")
        }
    }
}

extension FileValue {
    /// What to throw when the value cannot be meant.
    func wrong(_ rule: String) -> BenchError {
        let subject = path.isEmpty ? "the document" : path
        return BenchError(.file, "read \(file)", "\(subject) \(rule), it is \(excerpt)")
    }

    private var excerpt: String {
        let text = value.text
        return text.count <= Self.longestExcerpt ? text : text.prefix(Self.longestExcerpt) + "…"
    }

    private static var longestExcerpt: Int { 40 }

    private func below(_ key: String, _ value: JSONValue) -> FileValue {
        FileValue(value, at: path.isEmpty ? key : "\(path).\(key)", of: file)
    }

    private func object() throws(BenchError) -> JSONObject {
        guard let object = value.object else { throw wrong("must be an object: {…}") }
        return object
    }
}

extension FileValue {
    /// The value of a key that must be there.
    func member(_ key: String) throws(BenchError) -> FileValue {
        guard let member = try optional(key) else {
            let key = path.isEmpty ? key : "\(path).\(key)"
            throw BenchError(.file, "read \(file)", "\(key) is missing")
        }
        return member
    }

    func optional(_ key: String) throws(BenchError) -> FileValue? {
        try object()[key].map { below(key, $0) }
    }

    /// All members in their order.
    func members() throws(BenchError) -> [(key: String, value: FileValue)] {
        try object().members.map { ($0.key, below($0.key, $0.value)) }
    }

    /// A key that nothing here knows is a slip of the finger that would go unnoticed.
    func allow(_ keys: String...) throws(BenchError) {
        for member in try members() where !keys.contains(member.key) {
            throw member.value.wrong("is no key: there are \(keys.joined(separator: ", "))")
        }
    }

    func elements() throws(BenchError) -> [FileValue] {
        guard let elements = value.array else { throw wrong("must be a list: […]") }
        return elements.enumerated().map {
            FileValue($1, at: "\(path)[\($0)]", of: file)
        }
    }
}

extension FileValue {
    func text() throws(BenchError) -> String {
        guard let text = value.string else { throw wrong("must be a string") }
        return text
    }

    /// A number that a Double holds.
    func number() throws(BenchError) -> Double {
        guard case .number(let digits) = value, let number = Double(digits), number.isFinite
        else { throw wrong("must be a number") }
        return number
    }

    func count() throws(BenchError) -> UInt64 {
        guard case .number(let digits) = value, let count = UInt64(digits) else {
            throw wrong("must be a whole number, zero or more")
        }
        return count
    }

    func flag() throws(BenchError) -> Bool {
        guard case .bool(let flag) = value else { throw wrong("must be true or false") }
        return flag
    }

    /// One of the words that a type has.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        of type: Word.Type
    ) throws(BenchError) -> Word {
        guard let text = value.string, let word = Word(rawValue: text) else {
            let words = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw wrong("must be one of \(words)")
        }
        return word
    }
}
