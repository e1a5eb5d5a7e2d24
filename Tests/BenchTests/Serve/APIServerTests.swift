import JSON
import Kubernetes
import Network
import Platform
import Support
import TestSupport
import Testing

@testable import Bench

/// A server of a small cluster, and a source that watches it as Weft's daemons do.
private final class Watched {
    let objects: APIObjects
    let server: APIServer
    var source: WatchingSource

    init(
        _ cluster: any GeneratedCluster = PlainCluster(
            services: 30, endpoints: 3, families: [.v4, .v6], nodes: 2),
        _ change: (inout APIServerSettings) -> Void = { _ in }
    ) throws {
        var settings = APIServerSettings()
        change(&settings)
        let objects = try APIObjects(ServedObjects(cluster))
        let server = try APIServer(objects, settings: settings)
        var source = try WatchingSource(WatchedServer(server))
        try source.waitUntilSynced(within: .patience)
        self.objects = objects
        self.server = server
        self.source = source
    }

    /// Waits until a condition holds of what the source has.
    func wait(_ holds: (Snapshot) -> Bool) throws -> Bool {
        try source.consumer.wait(within: .patience) { holds($0.snapshot) }
    }
}

@Suite struct `An API server of generated objects` {
    @Test(arguments: [true, false], [true, false])
    func `a source comes to hold what it serves, in either format, as a stream or in pages`(
        protobuf: Bool, streams: Bool
    ) throws {
        let cluster = PlainCluster(services: 700, endpoints: 2, families: [.v4, .v6])
        let watched = try Watched(cluster) {
            $0.writesProtobuf = protobuf
            $0.streamsLists = streams
        }
        let held = watched.source.consumer.look().snapshot
        #expect(held.count(of: .service) == 700)
        #expect(held.count(of: .endpointSlice) == 1400)
        for number in [0, 499, 500, 699] {
            let service = cluster.service(number)
            let found = try #require(held.services[service.key]).value
            #expect(found.spec.clusterAddresses == service.spec.clusterAddresses)
            let slice = try cluster.slice(number, .v6)
            let listed = try #require(held.endpointSlices[slice.key]).value
            #expect(listed.endpoints == slice.endpoints)
        }
    }

    @Test func `what changes is told in its order, and what is deleted goes`() throws {
        let cluster = MixedCluster(services: 100, endpoints: 3)
        let watched = try Watched(cluster)
        let slice = try #require(try cluster.change(3).first)
        try watched.objects.put(slice)
        #expect(
            try watched.wait { $0.endpointSlices[slice.key]?.value.endpoints == slice.endpoints })
        try watched.objects.delete(.endpointSlice, slice.key)
        let service = cluster.service(5)
        try watched.objects.delete(.service, service.key)
        #expect(
            try watched.wait {
                $0.endpointSlices[slice.key] == nil && $0.services[service.key] == nil
            })
        try watched.objects.put(service)
        #expect(try watched.wait { $0.services[service.key] != nil })
    }

    @Test func `several servers tell their clients of the same change`() throws {
        let cluster = PlainCluster(services: 5, endpoints: 2)
        let watched = try Watched(cluster)
        let other = try APIServer(watched.objects)
        var second = try WatchingSource(WatchedServer(other))
        try second.waitUntilSynced(within: .patience)
        try watched.objects.delete(.service, cluster.service(4).key)
        #expect(try watched.wait { $0.count(of: .service) == 4 })
        let isTold = try second.consumer.wait(within: .patience) {
            $0.snapshot.count(of: .service) == 4
        }
        #expect(isTold)
    }

    @Test func `a watch that goes on from a state is told what happened since`() throws {
        let cluster = PlainCluster(services: 4, endpoints: 1)
        let watched = try Watched(cluster) { $0.bookmarkInterval = .milliseconds(20) }
        let version = watched.objects.version
        let keys = try (0..<2).map { number in
            let slice = try #require(try cluster.change(number).first)
            try watched.objects.put(slice)
            return slice.key.name
        }
        let target = "/apis/discovery.k8s.io/v1/endpointslices"
        var client = try RawClient(watched.server)
        try client.ask("\(target)?watch=1&resourceVersion=\(version)&timeoutSeconds=1")
        let answer = try client.answer()
        let names = answer.split(separator: "\n").filter { $0.contains("MODIFIED") }
        #expect(names.count == 2)
        for (line, name) in zip(names, keys) { #expect(line.contains(name)) }
        #expect(answer.contains(#""type":"BOOKMARK""#))
        // Its time is over, and the connection takes the next request.
        try client.ask("\(target)?watch=1&resourceVersion=1&timeoutSeconds=1")
        #expect(try client.answer().contains(#""code":410"#))
    }

    @Test func `pages and selections take what they should`() throws {
        let watched = try Watched(MixedCluster(services: 100, endpoints: 2))
        var client = try RawClient(watched.server)
        // Those that are names of others have no address, and not the word either.
        #expect(try client.list("services?fieldSelector=spec.clusterIP%21%3DNone").count == 83)
        let page = try client.list("services?limit=60")
        #expect(page.count == 60 && page.left == 40)
        let rest = "services?limit=60&continue=\(page.next)"
        #expect(try client.list(rest).count == 40)
        #expect(try client.list("namespaces/ns-0/services").count == 100)
        #expect(try client.list("nodes?fieldSelector=metadata.name%3Dnode-7").count == 0)
        #expect(try client.list("services?labelSelector=app").count == 0)
        #expect(try client.list("pods").count == 0)
        try watched.objects.delete(.service, ObjectKey(namespace: "ns-0", name: "service-1"))
        #expect(try client.list(rest).code == 410)
        #expect(try client.list("services?labelSelector=a%20b%20c").code == 400)
    }

    @Test func `whoever looks round finds resources, health, and what is not there`() throws {
        let watched = try Watched(PlainCluster(services: 3, endpoints: 1, nodes: 2))
        var client = try RawClient(watched.server)
        try client.ask("/apis/discovery.k8s.io/v1")
        #expect(try client.answer().contains(#""name":"endpointslices""#))
        try client.ask("/apis")
        #expect(try client.answer().contains("networking.k8s.io"))
        try client.ask("/readyz")
        #expect(try client.answer() == "ok")
        try client.ask("/api/v1/nodes/node-1")
        #expect(try client.answer().contains("fd00:64:0:1::/64"))
        try client.ask("/api/v1/namespaces/ns-1/services/service-1")
        #expect(try client.answer().contains(#""clusterIP":"10.96.0.1""#))
        try client.ask("/api/v1/nodes/node-2")
        #expect(try client.answer().contains(#""code":404"#))
        try client.ask("/apis/events.k8s.io/v1/namespaces/default/events", "POST", body: "{1}")
        #expect(try client.answer() == "{1}")
        try client.ask("/api/v1/namespaces/ns-1/services/service-1", "DELETE")
        #expect(try client.answer().contains(#""code":405"#))
    }

    @Test func `who sees a part of the objects is told when one comes into it or leaves it`() throws
    {
        let cluster = PlainCluster(services: 1, endpoints: 1)
        let watched = try Watched(cluster)
        var client = try RawClient(watched.server)
        try client.ask(
            "/api/v1/services?watch=1&labelSelector=color%3Dred&resourceVersion="
                + "\(watched.objects.version)&timeoutSeconds=1")
        var service = cluster.service(0)
        for color in ["red", "red", "blue"] {
            service.metadata.labels["color"] = color
            try watched.objects.put(service)
        }
        let types = try client.answer().split(separator: "\n").map { line in
            line.split(separator: "\"")[3]
        }
        #expect(types == ["ADDED", "MODIFIED", "DELETED"])
    }
}

extension RawClient {
    /// What a list or a refusal in JSON says.
    fileprivate mutating func list(
        _ query: String
    ) throws -> (count: Int, left: Int, next: String, code: Int) {
        try ask("/api/v1/\(query)")
        let document = try document(answer())
        let meta = document["metadata"]?.object
        return (
            document["items"]?.array?.count ?? -1, meta?["remainingItemCount"]?.integer ?? 0,
            meta?["continue"]?.string ?? "", document["code"]?.integer ?? 0
        )
    }
}
