extension JSONValue {
    /// Reads a whole document: UTF-8 only, nothing after it.
    package init(document text: Span<UInt8>) throws(JSONError) {
        var cursor = JSONCursor(text)
        self = try JSONValue(at: &cursor)
        try cursor.expectEnd()
    }

    /// Reads the value at a cursor.
    package init(at cursor: inout JSONCursor) throws(JSONError) {
        switch try cursor.kind() {
        case .object: self = .object(try JSONObject(at: &cursor))
        case .array: self = .array(try Self.elements(at: &cursor))
        case .string: self = .string(try cursor.value(of: try cursor.string()))
        case .bool: self = .bool(try cursor.bool())
        case .null:
            try cursor.null()
            self = .null
        case .number:
            let digits = cursor.text.extracting(try cursor.number())
            self = .number(String(decoding: digits.indices.map { digits[$0] }, as: UTF8.self))
        }
    }

    private static func elements(at cursor: inout JSONCursor) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try cursor.beginArray()
        while try cursor.nextElement() { elements.append(try JSONValue(at: &cursor)) }
        return elements
    }
}

extension JSONObject {
    fileprivate init(at cursor: inout JSONCursor) throws(JSONError) {
        self.init()
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let name = try cursor.value(of: key)
            members.append(Member(key: name, value: try JSONValue(at: &cursor)))
        }
    }
}
