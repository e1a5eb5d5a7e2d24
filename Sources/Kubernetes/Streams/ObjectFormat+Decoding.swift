extension ObjectFormat {
    /// Reads an object of a list.
    package func decode<Value: Message>(
        _ type: Value.Type, _ bytes: Span<UInt8>, _ pool: SharingPool
    ) throws(ObjectError) -> Value {
        switch self {
        case .protobuf:
            var decoder = ProtobufDecoder(bytes, pool)
            return try decoder.whole(type)
        case .json:
            var decoder = JSONDecoder(bytes, pool)
            return try decoder.whole(type)
        }
    }

    /// Where an object is that stands alone: in protobuf in an envelope.
    func content(of bytes: Span<UInt8>) throws(ObjectError) -> Range<Int> {
        self == .json ? bytes.indices : try Envelope.content(of: bytes)
    }

    /// Reads an object that stands alone.
    package func decodeAlone<Value: Message>(
        _ type: Value.Type, _ bytes: Span<UInt8>, _ pool: SharingPool
    ) throws(ObjectError) -> Value {
        try decode(type, bytes.extracting(content(of: bytes)), pool)
    }

    /// Reads the object of a watch's event.
    package func decodeEvent<Value: Message>(
        _ type: Value.Type, _ bytes: Span<UInt8>, _ pool: SharingPool
    ) throws(ObjectError) -> Value {
        let event = try event(bytes)
        return try decodeAlone(type, bytes.extracting(event.object), pool)
    }

    /// Reads an event of a watch; the range is where its object is.
    func event(_ bytes: Span<UInt8>) throws(ObjectError) -> FramedEvent {
        switch self {
        case .protobuf: try FramedEvent(protobuf: bytes)
        case .json: try FramedEvent(json: bytes)
        }
    }
}
