import JSON
import Testing
import YAML

@testable import Kubernetes

@Suite("Objects that are written and read back")
struct EncoderTests {
    private let strings = SharingPool()

    /// The object as each of the formats brings it back.
    private func returned<Object: KubernetesObject>(_ object: Object) throws -> [Object] {
        let document = try object.document.yaml
        let yaml = try #require(YAMLStream(document.utf8.span).documents.first).get()
        let text = yaml.root.json.text
        var copies = [try ObjectFormat.json.decode(Object.self, text.utf8.span, strings)]
        for format in ObjectFormat.allCases {
            let (alone, item) = (try format.alone(object), try format.item(object))
            copies.append(try format.decodeAlone(Object.self, alone.span, strings))
            copies.append(try format.decode(Object.self, item.span, strings))
        }
        return copies
    }

    private func checkArbitrary<Object: KubernetesObject>(_ type: Object.Type) throws {
        for seed in 0..<300 as Range<UInt64> {
            let object = try ArbitraryValues.object(type, seed: seed)
            for copy in try returned(object) where copy != object {
                Issue.record("seed \(seed): \(object) became \(copy)")
            }
        }
    }

    @Test func `whatever an object holds comes back from JSON, protobuf and YAML`() throws {
        try checkArbitrary(Service.self)
        try checkArbitrary(EndpointSlice.self)
        try checkArbitrary(Node.self)
        try checkArbitrary(Pod.self)
        try checkArbitrary(Namespace.self)
        try checkArbitrary(NetworkPolicy.self)
        try checkArbitrary(ServiceCIDR.self)
    }

    private func checkRecorded<Object: KubernetesObject>(_ type: Object.Type) throws {
        let kind = Object.kind
        let recorded = try Recording("list-\(kind.resource.plural)", .json).list(type)
        #expect(!recorded.objects.isEmpty)
        for object in recorded.objects {
            let copies = try returned(object)
            #expect(copies.allSatisfy { $0 == object })
        }
        for format in ObjectFormat.allCases {
            let items = try recorded.objects.map { try format.item($0) }
            let list = Recording(body: try format.list(of: kind, items, recorded.meta), format)
            let copy = try list.list(type, chunk: 100)
            #expect(copy.meta == recorded.meta && copy.objects == recorded.objects)
        }
    }

    @Test func `what a real API server listed comes back, object by object and as lists`() throws {
        try checkRecorded(Service.self)
        try checkRecorded(EndpointSlice.self)
        try checkRecorded(Node.self)
        try checkRecorded(Pod.self)
        try checkRecorded(Namespace.self)
        try checkRecorded(NetworkPolicy.self)
    }

    @Test("a recorded watch comes back, event by event", arguments: ObjectFormat.allCases)
    func watch(format: ObjectFormat) throws {
        let recorded = try Recording("watch-endpointslices", .json).events(EndpointSlice.self)
        #expect(!recorded.isEmpty)
        let bytes = try recorded.flatMap { try format.event($0.change.rawValue, $0.object) }
        let copy = try Recording(body: bytes, format).events(EndpointSlice.self, chunk: 100)
        #expect(copy.map(\.change) == recorded.map(\.change))
        #expect(copy.map(\.object) == recorded.map(\.object))
    }

    @Test("a refusal comes back, alone and as the end of a watch", arguments: ObjectFormat.allCases)
    func refusal(format: ObjectFormat) throws {
        var status = ServerStatus()
        status.reason = "Expired"
        status.code = 410
        status.details.retryAfterSeconds = 3
        let alone = try format.refusal(status)
        #expect(try format.decodeAlone(ServerStatus.self, alone.span, strings) == status)
        let event = Recording(body: try format.event(error: status), format)
        let events = try event.messages(ServerStatus.self)
        #expect(events.map(\.change) == [.error] && events.map(\.object) == [status])
    }

    @Test func `documents say first what they are, and a list is one of v1`() throws {
        var namespace = Namespace()
        namespace.metadata.name = "default"
        #expect(
            try namespace.document.text
                == #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"default"}}"#)
        let list = JSONValue.list(of: [try namespace.document]).sorted
        #expect(
            list.indentedText == """
                {
                    "apiVersion": "v1",
                    "items": [
                        {
                            "apiVersion": "v1",
                            "kind": "Namespace",
                            "metadata": {
                                "name": "default"
                            }
                        }
                    ],
                    "kind": "List",
                    "metadata": {
                        "resourceVersion": ""
                    }
                }
                """)
        #expect(
            list.yaml == """
                apiVersion: v1
                items:
                - apiVersion: v1
                  kind: Namespace
                  metadata:
                    name: default
                kind: List
                metadata:
                  resourceVersion: ""

                """)
    }
}

extension YAMLNode {
    /// The value as Kubernetes' reader of YAML would hand it on.
    fileprivate var json: JSONValue {
        switch kind {
        case .null: .null
        case .bool: .bool(bool ?? false)
        case .integer, .number: .number(text)
        case .text: .string(text)
        case .sequence: .array(elements.map(\.json))
        case .mapping:
            .object(
                JSONObject(
                    members: pairs.map { pair in
                        JSONObject.Member(key: pair.key.text, value: pair.value.json)
                    }))
        }
    }
}
