import Platform

/// What a round of load came to, at the client and at the servers.
struct Load: Sendable {
    let tally: Tally
    var counts: [ServerCounts] = []
    var processor = Duration.zero
    private let workload: Workload
    private let elapsed: Duration
    /// Whether the client used its processor for nothing but load.
    private let isPaced: Bool

    init(_ subject: LoadSubject, _ tally: Tally, _ elapsed: Duration) {
        self.tally = tally
        self.elapsed = elapsed
        workload = subject.workload
        isPaced = subject.pace != nil
    }
}

extension Load {
    /// How many things came to their end.
    var done: Int {
        switch workload {
        case .connect, .firstByte, .request, .datagram: tally.done
        case .bulk: counts.reduce(0) { $0 + $1.bytes }
        case .packets: counts.reduce(0) { $0 + $1.datagrams }
        }
    }

    private var seconds: Double { elapsed / .seconds(1) }

    var round: Round {
        var round = Round()
        switch workload {
        case .connect, .firstByte, .request, .datagram:
            round.histogram = tally.histogram
            round.setPercentiles()
            round.set(.rate, Double(done) / seconds)
            round.set(.lost, tally.lost)
        case .bulk: round.set(.throughput, Double(done) / seconds)
        case .packets:
            round.set(.rate, Double(done) / seconds)
            round.set(.lost, 1 - Double(done) / Double(max(1, tally.begun)))
        }
        // What spins until something is due would be counted too.
        if !isPaced { round.set(.processor, processorTimeOfEach) }
        if tally.accepts.count > 0 { round.set(.accept, tally.accepts.percentile(0.5)) }
        if workload.makesConnections, counts.count > 1 { round.set(.unfairness, unfairness) }
        return round
    }

    /// Of each thing done, or of each mebibyte.
    private var processorTimeOfEach: Double {
        let things = workload == .bulk ? Double(done) / Double(1 << 20) : Double(done)
        return Double(processor.nanoseconds) / things
    }

    /// By how many connections the server is off that is farthest from an equal share.
    private var unfairness: Double {
        let shares = counts.map { Double($0.accepted) }
        let equal = shares.reduce(0, +) / Double(shares.count)
        return shares.map { abs($0 - equal) }.max() ?? 0
    }
}

extension Quantity {
    /// From the SYN until the server had the connection, the median.
    package static let accept = Quantity("accept", .nanoseconds, better: .less)
    /// By how many connections the server is off that is farthest from an equal share.
    package static let unfairness = Quantity("unfairness", .count, better: .less)
}
