import Platform

/// A command that is about no pod, which runtimes send again and again: the whole process.
struct PluginSubject: Subject {
    let identity: Identity
    private let program: Program
    private let node: PodNode
    private let count: Int

    init(
        _ command: String, _ plugin: PluginChain.Plugin, _ program: String, on node: PodNode,
        count: Int
    ) {
        identity = Identity("cni", command.lowercased(), [.init("program", program)])
        self.program = .plugin(
            plugin.path, ["CNI_COMMAND=\(command)"], "{\(plugin.keys(0))}")
        self.node = node
        self.count = count
    }

    mutating func measure() throws -> Round {
        var round = Round()
        for _ in 0..<count {
            round.histogram.record(try node.measure(program).time)
        }
        round.setPercentiles()
        return round
    }
}
