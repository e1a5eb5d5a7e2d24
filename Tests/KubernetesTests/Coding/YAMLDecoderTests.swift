import Testing
import YAML

@testable import Kubernetes

@Suite("Objects read from YAML")
struct YAMLDecoderTests {
    private func decode<Value: Message>(_ type: Value.Type, _ text: String) throws -> Value {
        let root = try YAMLStream(text.utf8.span).documents[0].get().root
        var decoder = YAMLDecoder(root, SharingPool())
        return try decoder.whole(type)
    }

    /// Reads a recorded list with both decoders.
    private func compare<Object: KubernetesObject>(_ type: Object.Type, count: Int) throws {
        let recording = try Recording("list-\(Object.kind.resource.plural)", .json)
        let root = try YAMLStream(recording.body.span).documents[0].get().root
        let pool = SharingPool()
        let objects = try #require(root["items"]).elements.map { node throws(ObjectError) in
            var decoder = YAMLDecoder(node, pool)
            return try decoder.whole(type)
        }
        #expect(objects.count == count)
        #expect(try objects == recording.list(type).objects)
    }

    @Test func `recorded lists, taken as YAML, give the objects that JSON gives`() throws {
        try compare(Service.self, count: 7)
        try compare(EndpointSlice.self, count: 7)
        try compare(Node.self, count: 2)
        try compare(Pod.self, count: 5)
        try compare(Namespace.self, count: 5)
        try compare(NetworkPolicy.self, count: 1)
    }

    @Test func `null is the same as nothing`() throws {
        let service = try decode(
            Service.self, "metadata: {name: a, labels: ~}\nspec: {selector: {a: }, type: null}\n")
        var expected = Service()
        expected.metadata.name = "a"
        expected.spec.selector = ["a": ""]
        #expect(service == expected)
    }

    @Test func `a target port is a number or a name`() throws {
        let ports = try decode(
            ServiceSpec.self, "ports: [{port: 80, targetPort: 0x50}, {port: 81, targetPort: '81'}]"
        ).ports
        #expect(ports.map(\.targetPort) == [.number(80), .name("81")])
    }

    @Test(
        "what the API server refuses is refused, with its field and place",
        arguments: [
            ("spec:\n  ports:\n  - port: \"80\"\n", "spec.ports[0].port", 3, 11),
            ("spec:\n  ports:\n  - port: 80.5\n", "spec.ports[0].port", 3, 11),
            ("spec:\n  ports:\n  - port: 65536\n", "spec.ports[0].port", 3, 11),
            ("spec:\n  ports:\n  - name: a\n    port: 0\n", "spec.ports[0].port", 4, 11),
            ("spec:\n  ports:\n  - name: a\n", "spec.ports[0].port", 3, 5),
            ("metadata:\n  labels: {version: 1}\n", "metadata.labels.version", 2, 21),
            ("metadata:\n  labels: {on: yes}\n", "metadata.labels.true", 2, 16),
            ("spec: {type: Clusterip}\n", "spec.type", 1, 14),
            ("spec: {clusterIP: 10.0.0}\n", "spec.clusterIP", 1, 19),
            ("spec: {publishNotReadyAddresses: 'true'}\n", "spec.publishNotReadyAddresses", 1, 34),
            ("spec: {ports: {}}\n", "spec.ports", 1, 15),
            ("spec: []\n", "spec", 1, 7),
            ("metadata: {creationTimestamp: 2026-01-31}\n", "metadata.creationTimestamp", 1, 31),
            ("[]\n", "", 1, 1),
        ])
    func refusals(text: String, field: String, line: Int, column: Int) throws {
        let error = #expect(throws: ObjectError.self) { try decode(Service.self, text) }
        #expect(error?.field == field)
        #expect(error?.place == ObjectError.Place(line: line, column: column))
    }

    @Test(
        "a field's path has steps",
        arguments: [
            ("", []), ("a", [.name("a")]),
            ("a.b[2].c", [.name("a"), .name("b"), .element(2), .name("c")]),
            ("[3].x", [.element(3), .name("x")]),
        ] as [(String, [FieldPath.Step])])
    func steps(text: String, expected: [FieldPath.Step]) {
        #expect(FieldPath(text).steps == expected)
    }
}
