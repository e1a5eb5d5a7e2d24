import JSON
package import Kubernetes

/// An object as it is sent: alone in an event that adds it, and from there as a list's item.
struct EncodedObject {
    /// `ADDED`.
    let addition: [UInt8]
    private let itemRange: Range<Int>

    /// The object's bytes as they stand in a list.
    var item: ArraySlice<UInt8> { addition[itemRange] }

    init(_ object: any KubernetesObject, _ format: ObjectFormat) throws(ObjectError) {
        let item = try format.managedItem(object)
        addition = format.event("ADDED", around: format.alone(item, of: object.kind))
        // An event ends with its object; in JSON two characters close it.
        let end = addition.count - (format == .json ? 2 : 0)
        itemRange = (end - item.count)..<end
    }
}

extension KubernetesObject {
    var kind: Kind { Self.kind }

    /// With the fields that repeat others, as `clusterIP` does `clusterIPs`, for clients to find.
    fileprivate func complete() throws(ObjectError) -> any KubernetesObject {
        switch self {
        case var service as Service:
            try service.spec.settle()
            return service
        case var node as Node:
            try node.spec.settle()
            return node
        default: return self
        }
    }
}

extension ObjectFormat {
    /// An event about an object, which carries what real ones do.
    package func managedEvent(
        _ type: String, _ object: any KubernetesObject
    ) throws(ObjectError) -> [UInt8] {
        event(type, around: alone(try managedItem(object), of: object.kind))
    }

    /// The object with what every real one carries: which program manages which of its fields.
    package func managedItem(_ object: any KubernetesObject) throws(ObjectError) -> [UInt8] {
        let item = try item(object.complete())
        return switch self {
        case .json: ManagedFields.insert(intoJSON: item)
        case .protobuf: ManagedFields.insert(intoProtobuf: item)
        }
    }
}

/// What a server notes down of who set an object's fields last.
///
/// Neither proxies nor DNS servers have a use for it, and all of them must read over it.
private enum ManagedFields {
    static let manager = "kube-controller-manager"
    static let fields = #"""
        {"f:metadata":{"f:annotations":{".":{},"f:example.com/last-change":{}},"f:generateName":{},\#
        "f:labels":{".":{},"f:app":{},"f:example.com/managed-by":{},"f:kubernetes.io/service-name":{}},\#
        "f:ownerReferences":{".":{},"k:{\"uid\":\"2c1b3d57-9c7e-4b0c-a3a0-8f6f1a3f5f4e\"}":{}}},\#
        "f:ports":{},"f:spec":{"f:internalTrafficPolicy":{},"f:selector":{},"f:type":{}}}
        """#

    private static let json: [UInt8] = {
        let entry: JSONObject = [
            "manager": .string(manager), "operation": .string("Update"),
            "apiVersion": .string("v1"), "time": .string("2023-11-14T22:13:20Z"),
            "fieldsType": .string("FieldsV1"),
        ]
        let text = JSONValue.object(entry).text.dropLast()
        return Array("\"managedFields\":[\(text),\"fieldsV1\":\(fields)}],".utf8)
    }()

    /// As the first field of `metadata`.
    static func insert(intoJSON item: [UInt8]) -> [UInt8] {
        let opening = Array("\"metadata\":{".utf8)
        guard let start = item.indices.first(where: { item[$0...].starts(with: opening) })
        else { return item }
        let place = start + opening.count
        return item[..<place] + json + item[place...]
    }

    /// Field 17 of ObjectMeta, with a ManagedFieldsEntry.
    private static let protobuf: [UInt8] = {
        var time = ProtobufWriter()
        time.number(1, 1_700_000_000)
        var raw = ProtobufWriter()
        raw.text(1, fields)
        var entry = ProtobufWriter()
        for (number, text) in [(1, manager), (2, "Update"), (3, "v1")] as [(UInt32, String)] {
            entry.text(number, text)
        }
        entry.content(4, time.bytes)
        entry.text(6, "FieldsV1")
        entry.content(7, raw.bytes)
        var metadata = ProtobufWriter()
        metadata.content(17, entry.bytes)
        return metadata.bytes
    }()

    /// At the end of `metadata`, which is the first field of every object.
    static func insert(intoProtobuf item: [UInt8]) -> [UInt8] {
        var (length, shift, place) = (0, 0, 1)
        while place < item.count {
            length |= Int(item[place] & 0x7F) << shift
            (place, shift) = (place + 1, shift + 7)
            if item[place - 1] < 0x80 { break }
        }
        var metadata = ProtobufWriter()
        metadata.content(1, Array(item[place..<(place + length)]) + protobuf)
        return metadata.bytes + item[(place + length)...]
    }
}
