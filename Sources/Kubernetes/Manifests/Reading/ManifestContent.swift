import JSON
import YAML

/// The part of a text that one object is.
protocol ManifestContent: ~Escapable {
    var place: ObjectError.Place { get }
    func decode<Value: Message>(_ type: Value.Type) throws(ObjectError) -> Value
    /// The same error with the place of its field, as far as that is known.
    func placed(_ error: ObjectError) -> ObjectError
}

struct YAMLContent: ManifestContent {
    let node: YAMLNode
    let pool: SharingPool

    var place: ObjectError.Place { .init(node.place) }

    func decode<Value: Message>(_ type: Value.Type) throws(ObjectError) -> Value {
        var decoder = YAMLDecoder(node, pool)
        return try decoder.whole(type)
    }

    func placed(_ error: ObjectError) -> ObjectError { error.placed(in: node) }
}

struct JSONContent: ManifestContent, ~Escapable {
    let text: Span<UInt8>
    let place: ObjectError.Place
    let pool: SharingPool

    @_lifetime(copy text)
    init(text: Span<UInt8>, place: ObjectError.Place, pool: SharingPool) {
        self.text = text
        self.place = place
        self.pool = pool
    }

    func decode<Value: Message>(_ type: Value.Type) throws(ObjectError) -> Value {
        do throws(ObjectError) {
            var decoder = JSONDecoder(text, pool)
            return try decoder.whole(type)
        } catch {
            throw error.moved(to: place).placed(at: place)
        }
    }

    func placed(_ error: ObjectError) -> ObjectError { error.placed(at: place) }

    /// The values that follow each other in a text: one, mostly.
    static func documents(in text: Span<UInt8>) throws(ObjectError) -> [Range<Int>] {
        var cursor = JSONCursor(text)
        var ranges: [Range<Int>] = []
        do throws(JSONError) {
            cursor.skipSpace()
            while cursor.peek != nil {
                let start = cursor.position
                try cursor.skipValue()
                ranges.append(start..<cursor.position)
                cursor.skipSpace()
            }
        } catch {
            throw ObjectError(error)
        }
        return ranges
    }
}

/// What has to be known of an object in JSON before it is read.
struct JSONHeader {
    private(set) var apiVersion: String?
    private(set) var kind: String?
    /// Where the elements are, if it is a list.
    private(set) var items: [Range<Int>] = []

    init(of range: Range<Int>, in text: Span<UInt8>) throws(ObjectError) {
        var cursor = JSONCursor(text.extracting(range))
        do throws(JSONError) {
            try cursor.beginObject()
            while let key = try cursor.nextKey() { try take(try cursor.value(of: key), &cursor) }
        } catch {
            throw ObjectError(error).moved(to: .init(at: range.lowerBound, in: text))
        }
        items = items.map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
    }
}

extension JSONHeader {
    private mutating func take(_ key: String, _ cursor: inout JSONCursor) throws(JSONError) {
        switch (key, try cursor.kind()) {
        case ("apiVersion", .string): apiVersion = try cursor.value(of: try cursor.string())
        case ("kind", .string): kind = try cursor.value(of: try cursor.string())
        case ("apiVersion", _), ("kind", _): throw cursor.error("text must stand here")
        case ("items", .array): try takeItems(&cursor)
        default: try cursor.skipValue()
        }
    }

    private mutating func takeItems(_ cursor: inout JSONCursor) throws(JSONError) {
        try cursor.beginArray()
        while try cursor.nextElement() {
            cursor.skipSpace()
            let start = cursor.position
            try cursor.skipValue()
            items.append(start..<cursor.position)
        }
    }
}
