import Platform

/// How many processes plugins start beside their own, as strace sees it.
struct ChildCount {
    private let chain: PluginChain
    private let strace: String
    private let directory: String

    /// Nil without strace.
    init?(of chain: PluginChain, in directory: String) {
        guard let strace = Installed.path(of: "strace") else { return nil }
        self.chain = chain
        self.strace = strace
        self.directory = directory
    }

    /// Those that ADD and DEL of one pod start.
    func measurement(_ circumstances: [Identity.Circumstance]) throws -> Measurement {
        let (node, pod) = (try PodNode(), PodSandbox(0, in: try PodNamespace()))
        var (result, count) = ("", 0)
        for command in [PluginChain.Command.add, .delete] {
            count += try calls(command, pod, &result, node)
        }
        let estimate = Estimate(rounds: [Double(count)])
        let figure = Figure(Quantity("processes", .count, better: .less), estimate)
        return Measurement(Identity("cni", "processes", circumstances), [figure])
    }

    private func calls(
        _ command: PluginChain.Command, _ pod: PodSandbox, _ result: inout String, _ node: PodNode
    ) throws -> Int {
        let log = "\(directory)/strace"
        defer { _ = try? File.remove(log) }
        let words = ["-f", "-qq", "-A", "-o", log, "-e", "trace=fork,vfork,clone,clone3"]
        _ = try chain.call(command, pod, &result, on: node) { program in
            var program = program
            program.arguments = words + [program.path] + program.arguments
            program.path = strace
            return program
        }
        let lines = String(decoding: try File.read(log), as: UTF8.self).split(separator: "\n")
        // A thread is no process.
        return lines.count { !$0.contains("CLONE_THREAD") && !$0.contains("resumed>") }
    }
}
