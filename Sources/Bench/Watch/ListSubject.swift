import Kubernetes
import Platform

/// A source from its beginning until its store holds all objects of the server.
struct ListSubject: Subject {
    let identity: Identity
    private let server: WatchedServer

    init(_ server: WatchedServer, _ circumstances: [Identity.Circumstance]) {
        self.server = server
        identity = Identity("watch", "list", circumstances)
    }

    private static let patience = Duration.seconds(120)

    mutating func measure() throws -> Round {
        let (begin, work) = (MonotonicTime.now, SourceWork(beside: server.own))
        var source = try WatchingSource(server)
        try source.waitUntilSynced(within: Self.patience)
        let whole = MonotonicTime.now - begin
        let used = work.used
        var round = Round()
        round.set(whole, used, of: source.count)
        round.set(.received, Double(source.bytesReceived()))
        return round
    }
}

extension Quantity {
    /// How long all of it took.
    static let whole = Quantity("time", .nanoseconds, better: .less)
    /// Processor time that all of it took.
    static let wholeProcessor = Quantity("cpu-all", .nanoseconds, better: .less)
    static let received = Quantity("bytes", .bytes, better: .less)
}

extension Round {
    /// What it took to come to hold so many objects.
    mutating func set(_ whole: Duration, _ used: Duration, of objects: Int) {
        let count = Double(max(objects, 1))
        set(.whole, Double(whole.nanoseconds))
        set(.wholeProcessor, Double(used.nanoseconds))
        set(.processor, Double(used.nanoseconds) / count)
        set(.rate, count * 1e9 / Double(max(whole.nanoseconds, 1)))
    }
}
