import Platform
import Synchronization

/// Pods that are added and deleted by several callers at the same time, as when a node starts.
final class CrowdProcedure: Procedure {
    let identities: [Identity]
    private let chain: PluginChain
    private let node: PodNode
    private let callers: Int
    /// What each caller adds in a round, in namespaces of its own.
    private let namespaces: [PodNamespaces]
    private var next = 0

    init(
        _ chain: PluginChain, _ circumstances: [Identity.Circumstance], callers: Int, each: Int
    ) throws {
        let crowd = circumstances + [.init("at-once", "\(callers)")]
        identities = ["add", "del"].map { Identity("cni", $0, crowd) }
        self.chain = chain
        self.callers = callers
        node = try PodNode(callers: callers)
        namespaces = try (0..<callers).map { _ in try PodNamespaces(each) }
        // What pods share is made by the first one, which stays.
        var result = ""
        _ = try chain.call(.add, nextPod(in: PodNamespace()), &result, on: node)
    }

    private func nextPod(in namespace: PodNamespace) -> PodSandbox {
        next += 1
        return PodSandbox(next, in: namespace)
    }
}

extension CrowdProcedure {
    func measure() throws -> [Round] {
        let shares = namespaces.map { share in
            share.all.map { Share(pod: nextPod(in: $0), result: "") }
        }
        let (additions, added) = try run(.add, shares)
        let (deletions, _) = try run(.delete, added)
        return [additions, deletions]
    }

    /// A pod of a caller's, and what ADD has returned for it.
    private struct Share {
        let pod: PodSandbox
        var result: String
    }

    private typealias Outcome = Result<(histogram: Histogram, share: [Share]), BenchError>

    private func run(
        _ command: PluginChain.Command, _ shares: [[Share]]
    ) throws -> (Round, [[Share]]) {
        let outcomes = Outcomes(count: shares.count)
        let begin = MonotonicTime.now
        try start(command, shares[...], outcomes)
        let seconds = (MonotonicTime.now - begin) / .seconds(1)
        var round = Round()
        let all = try outcomes.all.map { try $0.get() }
        for outcome in all { round.histogram.merge(outcome.histogram) }
        round.set(.rate, Double(round.histogram.count) / seconds)
        round.setPercentiles()
        return (round, all.map(\.share))
    }

    /// Starts a thread for the first caller, then those for the others, and waits for all.
    private func start(
        _ command: PluginChain.Command, _ shares: ArraySlice<[Share]>, _ outcomes: Outcomes
    ) throws {
        guard let share = shares.first else { return }
        let (chain, node, caller) = (chain, node, shares.startIndex)
        let thread = try Thread {
            outcomes.set(
                caller,
                Result { () throws(BenchError) in
                    try Self.work(command, share, chain, node, caller)
                })
        }
        try start(command, shares.dropFirst(), outcomes)
        thread.join()
    }

    private static func work(
        _ command: PluginChain.Command, _ share: [Share], _ chain: PluginChain,
        _ node: PodNode, _ caller: Int
    ) throws(BenchError) -> (histogram: Histogram, share: [Share]) {
        var (histogram, share) = (Histogram(), share)
        for index in share.indices {
            histogram.record(
                try chain.call(
                    command, share[index].pod, &share[index].result, on: node, caller: caller))
        }
        return (histogram, share)
    }

    /// What each caller's thread leaves.
    private final class Outcomes: Sendable {
        private let slots: Mutex<[Outcome]>

        init(count: Int) {
            let nothing = BenchError(.program, "call plugins", "the thread did not run")
            slots = Mutex(Array(repeating: .failure(nothing), count: count))
        }

        var all: [Outcome] { slots.withLock(\.self) }
        func set(_ caller: Int, _ outcome: Outcome) { slots.withLock { $0[caller] = outcome } }
    }
}
