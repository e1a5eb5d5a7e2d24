import Testing

@testable import Kubernetes

@Suite("Recorded lists and watches, replayed into a store")
struct ReplayTests {
    /// The versions of all objects after a list and then a watch, by name.
    private func replay<Object: StoredObject>(
        _ type: Object.Type, _ format: ObjectFormat
    ) throws -> [String: String] {
        var writer = StoreWriter()
        var list = writer.beginReplacement(of: type)
        let plural = Object.kind.resource.plural
        for object in try Recording("list-\(plural)", format).list(type).objects {
            list.stage(object)
        }
        writer.commit(list)
        for (change, object) in try Recording("watch-\(plural)", format).events(type) {
            switch change {
            case .added, .modified: writer.put(object)
            case .deleted: writer.delete(type, object.key)
            case .bookmark, .error: break
            }
        }
        writer.publish()
        let held = writer.store.snapshot.objects(of: type)
        return Dictionary(
            uniqueKeysWithValues: held.map {
                ($0.key.name, $0.value.value.metadata.resourceVersion)
            })
    }

    @Test("end in the recorded final state", arguments: ObjectFormat.allCases)
    func finalState(format: ObjectFormat) throws {
        #expect(
            try replay(Service.self, format) == [
                "kubernetes": "193", "db": "346", "ext": "347", "near": "351", "web": "403",
                "web-lb": "438", "web-nodeport": "337",
            ])
        #expect(
            try replay(EndpointSlice.self, format) == [
                "kubernetes": "196", "db-hc9jh": "394", "near-tmpgm": "430",
                "web-2n8vc": "429", "web-8kcwh": "433", "web-lb-mpkp8": "431",
                "web-nodeport-6mbrv": "432",
            ])
    }

    @Test("what a watch tells in one format it tells in the other")
    func formats() throws {
        let json = try Recording("watch-endpointslices", .json).events(EndpointSlice.self)
        let protobuf = try Recording("watch-endpointslices", .protobuf).events(EndpointSlice.self)
        #expect(json.map(\.change) == protobuf.map(\.change))
        #expect(json.map(\.object) == protobuf.map(\.object))
    }

    @Test("a list that comes as events is the list", arguments: ObjectFormat.allCases)
    func streams(format: ObjectFormat) throws {
        let events = try Recording("watchlist-services", format).events(Service.self)
        let list = try Recording("list-services", format).list(Service.self)
        #expect(events.dropLast().map(\.object) == list.objects)
        #expect(events.last?.change == .bookmark)
        #expect(events.last?.object.metadata.resourceVersion == list.meta.resourceVersion)
    }

    @Test(
        "what a server says of a refusal is understood",
        arguments: [("error-401", 401, "Unauthorized"), ("error-403", 403, "Forbidden")])
    func refusals(name: String, code: Int32, reason: String) throws {
        let body = try Recording(name, .json).body
        let status = try ObjectFormat.json.decodeAlone(
            ServerStatus.self, body.span, SharingPool())
        #expect(status.code == code && status.reason == reason && !status.message.isEmpty)
    }
}
