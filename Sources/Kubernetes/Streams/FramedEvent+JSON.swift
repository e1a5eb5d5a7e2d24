import JSON

extension FramedEvent {
    /// Reads an event in JSON: its type, and where its object is.
    init(json bytes: Span<UInt8>) throws(ObjectError) {
        let event: FramedEvent?
        do throws(JSONError) { event = try Self.event(bytes) } catch { throw ObjectError(error) }
        guard let event else { throw Self.noType }
        self = event
    }

    private static func event(_ bytes: Span<UInt8>) throws(JSONError) -> FramedEvent? {
        var cursor = JSONCursor(bytes)
        var change: Change?
        var object = 0..<0
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch try cursor.value(of: key) {
            case "type": change = Change(rawValue: try cursor.value(of: try cursor.string()))
            case "object":
                cursor.skipSpace()
                let start = cursor.position
                try cursor.skipValue()
                object = start..<cursor.position
            default: try cursor.skipValue()
            }
        }
        try cursor.expectEnd()
        return change.map { FramedEvent(change: $0, object: object) }
    }
}
