import JSON

/// What an API server says in a watch.
extension ObjectFormat {
    /// An event about an object: ADDED, MODIFIED, DELETED, BOOKMARK.
    package func event<Object: KubernetesObject>(
        _ type: String, _ object: Object
    ) throws(ObjectError) -> [UInt8] { event(type, around: try alone(object)) }

    /// An event that ends the watch.
    package func event(error status: ServerStatus) throws(ObjectError) -> [UInt8] {
        event("ERROR", around: try refusal(status))
    }

    /// Tells how far a watch is when nothing has happened, or that all objects there were have come.
    package func bookmark(
        of kind: Kind, version: String, endsInitialEvents: Bool = false
    ) throws(ObjectError) -> [UInt8] {
        var object = PartialObject()
        object.metadata.resourceVersion = version
        if endsInitialEvents { object.metadata.annotations[PartialObject.endMark] = "true" }
        switch self {
        case .json:
            let fields = try JSONEncoder.object(object)
            let document = JSONObject.document(kind.resource.apiVersion, kind.name, of: fields)
            return event("BOOKMARK", around: Array(JSONValue.object(document).text.utf8))
        case .protobuf:
            let bytes = try ProtobufEncoder.bytes(of: object)
            return event("BOOKMARK", around: Envelope.around(bytes, of: kind))
        }
    }

    /// An event around an object that stands alone, as it goes over the wire.
    package func event(_ type: String, around object: [UInt8]) -> [UInt8] {
        switch self {
        case .json:
            return Array("{\"type\":\"\(type)\",\"object\":".utf8) + object + Array("}\n".utf8)
        case .protobuf:
            var raw = ProtobufWriter()
            raw.content(1, object)
            var event = ProtobufWriter()
            event.text(1, type)
            event.content(2, raw.bytes)
            return Self.length(event.bytes.count) + event.bytes
        }
    }

    /// Four bytes, the highest first.
    private static func length(_ count: Int) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
    }
}
