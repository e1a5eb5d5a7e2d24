import Kubernetes
import Platform

/// One change after the other at a server, each until a consumer of the source's store has seen it.
struct ChangeSubject: Subject {
    let identity: Identity
    private let cluster: any GeneratedCluster
    private let objects: APIObjects
    private let changes: Int
    private let held: Held
    private var round = 0

    /// The source, which goes on from round to round.
    private final class Held {
        let server: APIServer
        var source: WatchingSource

        init(_ server: APIServer, _ source: consuming WatchingSource) {
            self.server = server
            self.source = source
        }
    }

    init(
        _ cluster: any GeneratedCluster, _ objects: APIObjects, changes: Int,
        _ settings: APIServerSettings, _ circumstances: [Identity.Circumstance]
    ) throws {
        self.cluster = cluster
        self.objects = objects
        self.changes = changes
        identity = Identity("watch", "change", circumstances)
        let server = try APIServer(objects, settings: settings)
        var source = try WatchingSource(WatchedServer(server))
        try source.waitUntilSynced(within: Self.patience)
        try Self.waitForWatches(objects)
        held = Held(server, source)
    }

    private static let patience = Duration.seconds(60)
    /// Changes do not follow each other as fast as one is seen.
    private static let pause = Duration.milliseconds(1)

    /// The source has listed; now it asks for what happens next.
    private static func waitForWatches(_ objects: APIObjects) throws {
        let deadline = MonotonicTime.now + patience
        while objects.watchCount(of: .endpointSlice) == 0 {
            if MonotonicTime.now > deadline {
                throw BenchError(.traffic, "watch our own server", "nobody watches")
            }
            sleep(for: .milliseconds(1))
        }
    }

    mutating func measure() throws -> Round {
        var result = Round()
        let work = SourceWork(beside: held.server)
        for _ in 0..<changes {
            sleep(for: Self.pause)
            try change(&result.histogram)
        }
        result.setPercentiles()
        result.set(.processor, Double(work.used.nanoseconds) / Double(changes))
        return result
    }

    private mutating func change(_ histogram: inout Histogram) throws {
        round += 1
        guard let slice = try cluster.change(round).first else { return }
        let begin = try objects.put(slice)
        let isSeen = try held.source.consumer.wait(within: Self.patience) { look in
            look.changes(of: EndpointSlice.self).contains { $0.key == slice.key }
        }
        guard isSeen else {
            throw BenchError(.traffic, "see a change of \(slice.key)", "it did not come")
        }
        histogram.record(MonotonicTime.now - begin)
    }
}
