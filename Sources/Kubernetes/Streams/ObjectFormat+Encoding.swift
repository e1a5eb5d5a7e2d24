import JSON

/// What an API server answers with, in one of the formats.
extension ObjectFormat {
    /// An object that stands alone, in protobuf in its envelope.
    package func alone<Object: KubernetesObject>(
        _ object: Object
    ) throws(ObjectError) -> [UInt8] {
        switch self {
        case .json: Array(try object.document.text.utf8)
        case .protobuf: Envelope.around(try ProtobufEncoder.bytes(of: object), of: Object.kind)
        }
    }

    /// An item that is encoded already, as it stands alone.
    package func alone(_ item: [UInt8], of kind: Kind) -> [UInt8] {
        self == .json ? item : Envelope.around(item, of: kind)
    }

    /// Why a request is refused.
    package func refusal(_ status: ServerStatus) throws(ObjectError) -> [UInt8] {
        switch self {
        case .json:
            let fields = try JSONEncoder.object(status)
            return Array(JSONValue.object(.document("v1", "Status", of: fields)).text.utf8)
        case .protobuf:
            return Envelope.around(try ProtobufEncoder.bytes(of: status), "v1", "Status")
        }
    }
}

/// Objects of a kind as they stand in lists and are put together: each is encoded once.
extension ObjectFormat {
    /// An object as it stands in a list.
    package func item<Object: KubernetesObject>(
        _ object: Object
    ) throws(ObjectError) -> [UInt8] {
        switch self {
        case .json: Array(try object.document.text.utf8)
        case .protobuf: try ProtobufEncoder.bytes(of: object)
        }
    }

    /// A list of items that are encoded already.
    package func list(
        of kind: Kind, _ items: [[UInt8]], _ meta: ListMeta
    ) throws(ObjectError) -> [UInt8] {
        switch self {
        case .json: try jsonList(of: kind, items, meta)
        case .protobuf: try protobufList(of: kind, items, meta)
        }
    }

    private func jsonList(
        of kind: Kind, _ items: [[UInt8]], _ meta: ListMeta
    ) throws(ObjectError) -> [UInt8] {
        let fields: JSONObject = ["metadata": .object(try JSONEncoder.object(meta))]
        let head = JSONObject.document(kind.resource.apiVersion, kind.name + "List", of: fields)
        var bytes = Array(JSONValue.object(head).text.utf8.dropLast())
        bytes.append(contentsOf: ",\"items\":[".utf8)
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: item)
        }
        bytes.append(contentsOf: "]}\n".utf8)
        return bytes
    }

    private func protobufList(
        of kind: Kind, _ items: [[UInt8]], _ meta: ListMeta
    ) throws(ObjectError) -> [UInt8] {
        var list = ProtobufWriter()
        list.content(1, try ProtobufEncoder.bytes(of: meta))
        for item in items { list.content(2, item) }
        return Envelope.around(list.bytes, kind.resource.apiVersion, kind.name + "List")
    }
}
