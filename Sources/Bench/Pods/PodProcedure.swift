import Platform

/// Pods that one chain of plugins adds, checks and deletes.
struct PodProcedure: Procedure {
    let identities: [Identity]
    let node: PodNode
    /// Why pods are not checked: there are plugins whose CHECK never succeeds.
    let checkFailure: BenchError?
    private let commands: [PluginChain.Command]
    private let chain: PluginChain
    private let namespaces: PodNamespaces
    private let residents: Residents
    private var next: Int

    /// So many pods a round, beside others that stay.
    init(
        _ chain: PluginChain, _ circumstances: [Identity.Circumstance], pods: Int,
        beside others: Int = 1, sharingNamespace: Bool = false
    ) throws {
        self.chain = chain
        node = try PodNode()
        namespaces = try PodNamespaces(pods, isOne: sharingNamespace)
        residents = try Residents(
            others, chain, on: node, in: PodNamespaces(others, isOne: sharingNamespace))
        next = others
        checkFailure = residents.checkFailure(chain, on: node)
        commands = checkFailure == nil ? PluginChain.Command.allCases : [.add, .delete]
        identities = commands.map {
            Identity("cni", $0.rawValue.lowercased(), circumstances)
        }
    }

    mutating func measure() throws -> [Round] {
        let pods = namespaces.all.enumerated().map { PodSandbox(next + $0, in: $1) }
        next += pods.count
        var results = Array(repeating: "", count: pods.count)
        return try commands.map { command in
            var round = Round()
            for (index, pod) in pods.enumerated() {
                round.histogram.record(
                    try chain.call(command, pod, &results[index], on: node))
            }
            round.setPercentiles()
            return round
        }
    }
}

/// Namespaces that one pod after the other is in: to make and to end them in each round would
/// disturb what is measured.
struct PodNamespaces {
    let all: [PodNamespace]

    /// So many, or the same for all where no plugin looks into it.
    init(_ count: Int, isOne: Bool = false) throws(BenchError) {
        var all: [PodNamespace] = []
        for _ in 0..<(isOne ? min(count, 1) : count) { all.append(try PodNamespace()) }
        self.all = isOne ? all.flatMap { Array(repeating: $0, count: count) } : all
    }
}

/// Pods that stay, the first of which has also made what pods share.
private struct Residents {
    private let pods: [PodSandbox]
    private let firstResult: String

    /// Adds so many of them.
    init(
        _ count: Int, _ chain: PluginChain, on node: PodNode, in namespaces: PodNamespaces
    ) throws(BenchError) {
        pods = namespaces.all.enumerated().map { PodSandbox($0, in: $1) }
        var first = ""
        for pod in pods {
            var result = ""
            _ = try chain.call(.add, pod, &result, on: node)
            if pod.number == 0 { first = result }
        }
        firstResult = first
    }

    func checkFailure(_ chain: PluginChain, on node: PodNode) -> BenchError? {
        var result = firstResult
        guard let pod = pods.first else { return nil }
        do throws(BenchError) {
            _ = try chain.call(.check, pod, &result, on: node)
            return nil
        } catch { return error }
    }
}
