/// One event of a watch, whose object is still to be decoded.
struct FramedEvent {
    enum Change: String {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
        /// No change, but everything before this resource version has been told.
        case bookmark = "BOOKMARK"
        case error = "ERROR"
    }

    let change: Change
    /// The object in the bytes of the event, in its envelope if the format has one.
    let object: Range<Int>
}

extension FramedEvent {
    /// Reads an event of meta/v1: its type, and where its object is.
    init(protobuf bytes: Span<UInt8>) throws(ObjectError) {
        var reader = ProtobufReader(bytes)
        var change: Change?
        var object = 0..<0
        while !reader.isAtEnd {
            switch try reader.tag() {
            case (1, .bytes): change = Change(bytes.extracting(try reader.range()))
            case (2, .bytes): object = try Self.raw(&reader)
            case (_, let type): try reader.skip(type)
            }
        }
        guard let change else { throw Self.noType }
        self.init(change: change, object: object)
    }

    /// The one field of runtime.RawExtension.
    private static func raw(_ reader: inout ProtobufReader) throws(ObjectError) -> Range<Int> {
        let extent = try reader.range()
        let end = reader.end
        (reader.position, reader.end) = (extent.lowerBound, extent.upperBound)
        var object = 0..<0
        while !reader.isAtEnd {
            switch try reader.tag() {
            case (1, .bytes): object = try reader.range()
            case (_, let type): try reader.skip(type)
            }
        }
        reader.end = end
        return object
    }

    static let noType = ObjectError("the event has no type that is known")
}

extension FramedEvent.Change {
    init?(_ bytes: Span<UInt8>) { self.init(rawValue: String(copying: bytes)) }
}
