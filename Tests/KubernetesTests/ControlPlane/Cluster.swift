import Testing

@testable import Kubernetes

/// A control plane with what it has made so far.
struct Cluster {
    var plane: ControlPlane
    var set = ManifestSet()
    var objects: [ObjectID: any StoredObject] = [:]
    /// What the last change said and put.
    var reports: [String] = []
    var put: [ObjectID] = []

    init(
        _ options: ControlPlaneOptions = ControlPlaneOptions(),
        _ allocations: Allocations = Allocations()
    ) {
        plane = ControlPlane(options, allocations, seed: 7)
    }
}

extension Cluster {
    /// Puts a file's new text in the place of the last; it must be free of problems.
    mutating func write(_ text: String, to path: String = "a.yaml") {
        let file = ManifestFile(text.utf8.span, .yaml)
        #expect(file.problems == [])
        let (changes, reports) = set.load(path, file.objects)
        let outcome = plane.apply(changes)
        for id in outcome.deletions { objects[id] = nil }
        for object in outcome.objects { objects[object.id] = object }
        put = outcome.objects.map(\.id)
        self.reports = (reports + outcome.reports).map(\.text)
    }

    func service(_ name: String) -> Service? {
        objects[ObjectID(.service, ObjectKey(namespace: "default", name: name))] as? Service
    }

    func addresses(_ name: String) -> [String] {
        service(name)?.spec.clusterIPs.map(\.fieldText) ?? []
    }

    var slices: [EndpointSlice] {
        objects.values.compactMap { $0 as? EndpointSlice }.sorted { $0.key < $1.key }
    }

    static func service(_ name: String, _ spec: String, ports: String = "[{port: 80}]") -> String {
        "---\n{apiVersion: v1, kind: Service, metadata: {name: \(name)}, spec: {\(spec)"
            + (spec.isEmpty ? "" : ", ") + "ports: \(ports)}}\n"
    }

    static func pod(
        _ name: String, _ ip: String, spec: String = "", status: String = "", meta: String = ""
    ) -> String {
        "---\n{apiVersion: v1, kind: Pod, metadata: {name: \(name), labels: {app: web}\(meta)}, "
            + "spec: {\(spec)}, status: {podIPs: [{ip: '\(ip)'}]\(status)}}\n"
    }
}
