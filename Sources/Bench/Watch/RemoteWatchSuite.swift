import Kubernetes

/// `weft bench watch --kubeconfig`: what it takes to know the cluster that a user has.
///
/// Nothing is changed there: services and slices are listed and watched, as Weft's daemons do.
package struct RemoteWatchSuite: Suite {
    private let kubeconfig: String?
    private let context: String?
    private let rounds: Int

    package init(kubeconfig: String?, context: String?, rounds: Int) {
        self.kubeconfig = kubeconfig
        self.context = context
        self.rounds = rounds
    }

    package mutating func run(_ observer: Observer) throws {
        let server = WatchedServer(kubeconfig: kubeconfig, context: context)
        try observer.tell(.step("listing what there is"))
        let count = try count(of: server)
        try observer.tell(
            .note("the server has \(count.services) services and \(count.slices) slices"))
        let circumstances: [Identity.Circumstance] = [
            .init("services", "\(count.services)"), .init("server", context ?? "yours"),
        ]
        var turns = Interleaving([ListSubject(server, circumstances)], rounds: rounds)
        try observer.tell(.measured(try turns.run(observer), []))
    }

    private func count(of server: WatchedServer) throws -> (services: Int, slices: Int) {
        var source = try WatchingSource(server)
        try source.waitUntilSynced(within: .seconds(120))
        let snapshot = source.consumer.look().snapshot
        return (snapshot.count(of: .service), snapshot.count(of: .endpointSlice))
    }
}
