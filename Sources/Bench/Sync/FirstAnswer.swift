import Network
import Platform

/// From the event that a service has another endpoint to the first answer that comes from there.
struct FirstAnswer: Subject {
    let identity: Identity
    private let stand: any ChangingNode
    private let count: Int
    private var inquirer: Inquirer
    private var server = 0

    init(_ transport: TransportProtocol, on stand: any ChangingNode, count: Int) throws {
        let services = stand.services
        self.stand = stand
        self.count = count
        inquirer = Inquirer(
            transport, services.target(of: .clusterIP, stand.family), from: stand.lab.client,
            PathLab.clients(stand.family))
        identity =
            SyncIdentity(
                workload: "first-answer", program: stand.program, services: services.count,
                endpoints: services.endpoints, family: stand.family, transport: transport
            ).identity
    }

    mutating func measure() throws -> Round {
        // Whichever it was before.
        _ = try move()
        var round = Round()
        for _ in 0..<count { round.histogram.record(UInt64(max(0, try move().nanoseconds))) }
        round.setPercentiles()
        return round
    }

    /// Moves the service to the other server, and waits until that answers.
    private mutating func move() throws -> Duration {
        try stand.rest()
        server = (server + 1) % SyncStand.servers
        let change = try stand.prepare([server])
        let answered = try inquirer.time(
            until: UInt8(server), within: Self.patience, after: change)
        guard let answered else {
            throw BenchError(
                .traffic, "measure how long a change takes to be seen",
                "the service's new endpoint does not answer")
        }
        return answered
    }

    private static let patience = Duration.seconds(20)
}
