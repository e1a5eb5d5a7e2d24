import Testing

@testable import Kubernetes

@Suite("What a manifest says")
struct ManifestFileTests {
    private func read(_ text: String, _ format: ManifestFile.Format = .yaml) -> ManifestFile {
        ManifestFile(text.utf8.span, format)
    }

    private func names(_ file: ManifestFile) -> [String] { file.objects.map { "\($0.id)" } }

    @Test func `documents, lists and lists of a kind are read, each object with its place`() {
        let file = read(
            """
            # nothing but a comment
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, namespace: senseless}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Node, metadata: {name: one.example}}
            - apiVersion: v1
              kind: ServiceList
              items:
              - metadata: {name: web, namespace: shop}
                spec: {ports: [{port: 80}]}
            - {apiVersion: apps/v1, kind: Deployment, metadata: {name: x}}
            ---
            apiVersion: example.com/v1
            kind: Service
            metadata: {name: not-ours}
            ---
            apiVersion: v1
            kind: ConfigMapList
            items: [{}]
            ---
            apiVersion: v1
            kind: PodList
            items:
            """)
        #expect(file.problems == [])
        #expect(names(file) == ["Namespace shop", "Node one.example", "Service shop/web"])
        #expect(file.objects.map(\.place.line) == [3, 10, 14])
        #expect(file.ignored == 3)
    }

    @Test func `JSON is read with the places that an editor shows`() {
        let file = read(
            """
            {"kind": "List", "items": [
              {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "a"}},
              {"kind": "Service", "apiVersion": "v1",
               "metadata": {"name": "b"}, "spec": {"ports": [{"port": "80"}]}}
            ], "apiVersion": "v1"}
            """, .json)
        #expect(names(file) == ["Pod default/a"])
        #expect(file.problems.map(\.place) == [.init(line: 4, column: 59)])
        #expect(file.problems.map(\.field) == ["spec.ports[0].port"])
        #expect(
            read("{\"apiVersion\": 1}", .json).problems.map(\.place) == [.init(line: 1, column: 16)]
        )
        #expect(read("{\n\"a\": }", .json).problems.map(\.place) == [.init(line: 2, column: 6)])
        #expect(read(" ", .json).problems == [])
    }

    @Test(
        "a document that cannot be used is a problem with a place",
        arguments: [
            ("a: b: c\n", 1, ""), ("[]\n", 1, ""), ("apiVersion: v1\n", 1, "kind"),
            ("kind: Pod\n", 1, "apiVersion"), ("\nkind: 1\napiVersion: v1\n", 2, "kind"),
            ("apiVersion: v1\nkind: Pod\n", 1, "metadata.name"),
            ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: A\n", 4, "metadata.name"),
            ("apiVersion: v2\nkind: Pod\nmetadata: {name: a}\n", 1, "apiVersion"),
            ("kind: EndpointSlice\napiVersion: discovery.k8s.io/v1beta1\n", 2, "apiVersion"),
            (
                "kind: Pod\napiVersion: v1\nmetadata: {name: a, namespace: a.b}\n", 3,
                "metadata.namespace"
            ),
            ("kind: List\napiVersion: v1\nitems: {}\n", 3, "items"),
            (
                "kind: Pod\napiVersion: v1\nmetadata: {name: a}\n---\nkind: Pod\napiVersion: v1\nmetadata: {name: a}\n",
                7, "metadata.name"
            ),
        ])
    func problems(text: String, line: Int, field: String) {
        let file = read(text)
        #expect(file.problems.map(\.place?.line) == [line])
        #expect(file.problems.map(\.field) == [field])
    }

    @Test func `one bad document does not hide the problems of the others`() {
        let file = read("kind: Pod\n---\na: *b\n---\nkind: Pod\napiVersion: v1\n")
        #expect(file.problems.map(\.place?.line) == [1, 3, 5])
    }

    @Test(
        "names are what the API server takes",
        arguments: [
            ("Service", "a-1", true), ("Service", "1a", false), ("Service", "a.b", false),
            ("Namespace", "1a", true), ("Namespace", "a.b", false), ("Pod", "1.a-b", true),
            ("Pod", "a..b", false), ("Pod", "-a", false), ("Pod", "a_b", false),
            ("Node", "é", false), ("Pod", String(repeating: "a", count: 253), true),
            ("Pod", String(repeating: "a", count: 254), false),
            ("Namespace", String(repeating: "a", count: 63), true),
            ("Namespace", String(repeating: "a", count: 64), false),
        ])
    func naming(kind: String, name: String, isAccepted: Bool) throws {
        let kind = try #require(Kind(named: kind))
        #expect(kind.nameRule.accepts(name) == isAccepted)
    }
}
