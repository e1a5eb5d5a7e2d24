import Kubernetes
import Platform

/// Compares what has been held all along with lists that another client has just fetched.
///
/// Waits for a file `go` beside the lists `services.json`, `endpointslices.json`, `pods.json`.
struct Comparison {
    let directory: String

    func run(_ store: ObjectStore) throws -> Bool {
        while (try? File.read("\(directory)/go")) == nil { sleep(for: .milliseconds(100)) }
        let snapshot = store.snapshot
        return try [
            compare(snapshot.services), compare(snapshot.endpointSlices), compare(snapshot.pods),
        ].allSatisfy(\.self)
    }

    private func compare<Object: StoredObject>(_ held: ObjectMap<Object>) throws -> Bool {
        let plural = Object.kind.resource.plural
        var listed: [ObjectKey: Object] = [:]
        var stream = ObjectStream(.json, .list)
        let text = try File.read("\(directory)/\(plural).json")
        stream.receive { $0 += text }
        let pool = SharingPool()
        while let piece = try stream.next() {
            guard case .object(let range) = piece else { continue }
            let bytes = stream.bytes.extracting(range)
            let object = try ObjectFormat.json.decode(Object.self, bytes, pool)
            listed[object.key] = object
        }
        let missing = listed.keys.filter { held[$0] == nil }
        let surplus = held.filter { listed[$0.key] == nil }.map(\.key)
        let different = listed.filter { held[$0.key].map(\.value) != $0.value }.count
        print(
            "compared \(plural): \(listed.count) listed, \(held.count) held, "
                + "\(missing.count) missing, \(surplus.count) too many, \(different) different")
        return different == 0 && surplus.isEmpty
    }
}
