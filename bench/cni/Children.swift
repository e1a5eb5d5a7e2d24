import Measure
import Platform

/// How many processes a plugin starts, as strace sees it.
struct Children {
    private let node: Node
    private let chain: Chain.Plugin

    init(of plugin: Chain.Plugin, on node: Node) {
        self.node = node
        self.chain = plugin
    }

    /// The processes that ADD and DEL of one pod start, beside the plugin's own.
    func figure(_ name: String) throws -> Figure {
        let pod = try Pod(9_999)
        let counts = try ["ADD", "DEL"].map { try count($0, pod) }
        return Figure(
            name, Double(counts.reduce(0, +)), "", atMost: 0, "ADD \(counts[0]), DEL \(counts[1])")
    }

    private func count(_ command: String, _ pod: Pod) throws(PlatformError) -> Int {
        let log = "/tmp/weft-bench-cni.\(MonotonicTime.now.nanoseconds).strace"
        defer { _ = try? File.remove(log) }
        var program = Program.plugin(
            chain.path, pod.environment(command), "{\(chain.keys(pod.number))}")
        program.arguments =
            ["-f", "-qq", "-o", log, "-e", "trace=fork,vfork,clone,clone3", program.path]
        program.path = "strace"
        _ = try node.measure(program)
        let calls = String(decoding: try File.read(log), as: UTF8.self).split(separator: "\n")
        // A thread is no process.
        return calls.count { !$0.contains("CLONE_THREAD") && !$0.contains("resumed>") }
    }
}
