/// What stands around a protobuf object: four bytes, then runtime.Unknown.
enum Envelope {
    static let magic: [UInt8] = [0x6B, 0x38, 0x73, 0x00]
    /// The fields of runtime.Unknown.
    static let typeMeta: UInt32 = 1
    static let raw: UInt32 = 2

    static let missing = ObjectError("the answer is not Kubernetes' protobuf: it begins otherwise")

    /// Where in the bytes of an envelope its object is.
    static func content(of bytes: Span<UInt8>) throws(ObjectError) -> Range<Int> {
        guard bytes.count >= magic.count,
            magic.indices.allSatisfy({ bytes[$0] == magic[$0] })
        else { throw missing }
        var reader = ProtobufReader(bytes)
        reader.position = magic.count
        while !reader.isAtEnd {
            let (number, type) = try reader.tag()
            if number == raw, type == .bytes { return try reader.range() }
            try reader.skip(type)
        }
        // An object all of whose fields are absent.
        return 0..<0
    }
}

extension Envelope {
    /// An object's bytes, with what they are of around them.
    static func around(_ object: [UInt8], _ apiVersion: String, _ kind: String) -> [UInt8] {
        var type = ProtobufWriter()
        type.text(1, apiVersion)
        type.text(2, kind)
        var unknown = ProtobufWriter()
        unknown.content(typeMeta, type.bytes)
        unknown.content(raw, object)
        return magic + unknown.bytes
    }

    static func around(_ object: [UInt8], of kind: Kind) -> [UInt8] {
        around(object, kind.resource.apiVersion, kind.name)
    }
}
