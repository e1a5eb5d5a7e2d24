import Kubernetes

/// The objects of one kind, in the order in which they came.
struct ServedTable {
    private(set) var objects: [any KubernetesObject] = []
    private var places: [ObjectKey: Int] = [:]
    private var encoded: [ObjectFormat: [EncodedObject?]] = [:]
    /// Counts how often objects came or went, which moves others.
    private(set) var layout = 0
}

extension ServedTable {
    subscript(key: ObjectKey) -> (any KubernetesObject)? { places[key].map { objects[$0] } }

    mutating func put(_ object: any KubernetesObject) {
        guard let place = places[object.key] else {
            places[object.key] = objects.count
            objects.append(object)
            for format in encoded.keys { encoded[format]?.append(nil) }
            layout += 1
            return
        }
        objects[place] = object
        for format in encoded.keys { encoded[format]?[place] = nil }
    }

    mutating func delete(_ key: ObjectKey) {
        guard let place = places.removeValue(forKey: key) else { return }
        objects.remove(at: place)
        for format in encoded.keys { encoded[format]?.remove(at: place) }
        for moved in objects[place...] { places[moved.key]? -= 1 }
        layout += 1
    }

    /// An object's bytes, which are kept for whoever asks next.
    mutating func encode(
        _ place: Int, _ format: ObjectFormat
    ) throws(ObjectError) -> EncodedObject {
        if let known = encoded[format]?[place] { return known }
        let new = try EncodedObject(objects[place], format)
        encoded[format, default: Array(repeating: nil, count: objects.count)][place] = new
        return new
    }
}
