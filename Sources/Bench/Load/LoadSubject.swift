package import Network
import Platform

/// One workload from one client to one service or server, as often as it is measured.
package struct LoadSubject: Subject {
    package let identity: Identity
    let workload: Workload
    let client: LoadClient
    let targets: [AddressAndPort]
    let servers: [LoadServer]
    let duration: Duration
    let flows: Int
    let pace: Double?
    let patience: Duration

    /// There is a target; with several of one family, connections go to them in turn.
    ///
    /// The servers are all that connections to the targets can end at: their processor time and their
    /// counts are part of the figures. `flows` is how many connections are open, or being made, at
    /// the same time. `pace` is how many of the things begin each second; nil begins the next as soon
    /// as one has ended. `patience` is how long an answer is waited for.
    package init(
        _ identity: Identity, _ workload: Workload, from client: LoadClient,
        to targets: [AddressAndPort], servers: [LoadServer] = [],
        for duration: Duration = .seconds(1), flows: Int = 1, pace: Double? = nil,
        patience: Duration? = nil
    ) {
        self.identity = identity
        self.workload = workload
        self.client = client
        self.targets = targets
        self.servers = servers
        self.duration = duration
        self.flows = flows
        self.pace = pace
        self.patience = patience ?? workload.patience
    }
}

extension LoadSubject {
    package mutating func measure() throws -> Round { try measured() }

    private func measured() throws(BenchError) -> Round {
        for server in servers { try server.prepare(for: workload, on: serverProcessor) }
        defer { for server in servers { server.rest() } }
        let load = try client.run { () throws(BenchError) in try generate() }
        if load.done == 0 {
            let target = targets.map(\.description).joined(separator: ", ")
            throw BenchError(
                .traffic, "measure \(workload.name) to \(target)",
                load.tally.failure.map { "\($0)" } ?? "nothing came back")
        }
        return load.round
    }

    /// A client that spins until something is due would not let its servers have their turn.
    private var serverProcessor: Int {
        let isSpinning = pace != nil && flows > 1
        return workload.waitsForServer && !isSpinning
            ? client.placement.client : client.placement.servers
    }
}
