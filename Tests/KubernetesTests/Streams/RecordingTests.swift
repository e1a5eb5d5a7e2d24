import Network
import Testing

@testable import Kubernetes

@Suite("What a real API server answered")
struct RecordingTests {
    /// Decodes a list in both formats and expects equal objects.
    private func compare<Object: KubernetesObject>(
        _ type: Object.Type, count: Int
    ) throws {
        let name = "list-\(Object.kind.resource.plural)"
        let json = try Recording(name, .json).list(type)
        let protobuf = try Recording(name, .protobuf).list(type)
        #expect(json.objects.count == count)
        for (one, other) in zip(json.objects, protobuf.objects) { #expect(one == other) }
        #expect(json.objects == protobuf.objects)
        #expect(!json.meta.resourceVersion.isEmpty)
        #expect(json.objects.allSatisfy { !$0.metadata.resourceVersion.isEmpty })
    }

    @Test func `JSON and protobuf of the same list give equal objects`() throws {
        try compare(Service.self, count: 7)
        try compare(EndpointSlice.self, count: 7)
        try compare(Node.self, count: 2)
        try compare(Pod.self, count: 5)
        try compare(Namespace.self, count: 5)
        try compare(NetworkPolicy.self, count: 1)
    }

    @Test(
        "chunks of any size give the same objects", arguments: [1, 2, 3, 7, 64, 1000],
        ObjectFormat.allCases)
    func chunks(size: Int, format: ObjectFormat) throws {
        let list = try Recording("list-services", format)
        #expect(try list.list(Service.self, chunk: size) == list.list(Service.self))
        let watch = try Recording("watch-endpointslices", format)
        let whole = try watch.events(EndpointSlice.self)
        let chunked = try watch.events(EndpointSlice.self, chunk: size)
        #expect(whole.map(\.object) == chunked.map(\.object))
        #expect(whole.map(\.change) == chunked.map(\.change))
    }
}

private func == (
    left: (meta: ListMeta, objects: [Service]), right: (meta: ListMeta, objects: [Service])
) -> Bool { left.meta == right.meta && left.objects == right.objects }
