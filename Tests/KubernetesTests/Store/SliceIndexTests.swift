import Testing

@testable import Kubernetes

@Suite("Slices by service")
struct SliceIndexTests {
    @Test func `each slice is found by the service that it is labelled with at the moment`() {
        var writer = StoreWriter()
        let (web, dns) = (key("web"), key("dns"))
        writer.put(slice("a", of: "web"))
        writer.put(slice("b", of: "web"))
        writer.put(slice("c", of: "dns"))
        writer.put(slice("d", of: nil))
        writer.publish()
        let first = writer.store.snapshot
        writer.put(slice("a", of: "dns"))
        writer.delete(EndpointSlice.self, key("b"))
        writer.publish()
        let second = writer.store.snapshot

        #expect(names(first, web) == ["a", "b"] && names(first, dns) == ["c"])
        #expect(names(second, web) == [] && names(second, dns) == ["a", "c"])

        var replacement = writer.beginReplacement(of: EndpointSlice.self)
        replacement.stage(slice("c", of: "web"))
        replacement.stage(slice("e", of: "web"))
        writer.commit(replacement)
        writer.publish()
        #expect(names(writer.store.snapshot, web) == ["c", "e"])
        #expect(names(writer.store.snapshot, dns) == [])
        #expect(names(second, dns) == ["a", "c"])
    }

    private func names(_ snapshot: Snapshot, _ service: ObjectKey) -> [String] {
        snapshot.slices(of: service).map(\.value.metadata.name).sorted()
    }

    private func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "n", name: name) }

    private func slice(_ name: String, of service: String?) -> EndpointSlice {
        var slice = EndpointSlice()
        slice.metadata.name = name
        slice.metadata.namespace = "n"
        slice.metadata.labels[EndpointSlice.serviceLabel] = service
        return slice
    }
}
