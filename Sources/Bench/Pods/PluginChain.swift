import Platform

/// What a runtime does for a pod: one plugin after the other, each given what the ones before made.
struct PluginChain: Sendable {
    /// A program, and the keys of its configuration for the pod of that number.
    struct Plugin: Sendable {
        let path: String
        let keys: @Sendable (_ pod: Int) -> String

        init(_ path: String, _ keys: @escaping @Sendable (_ pod: Int) -> String) {
            self.path = path
            self.keys = keys
        }
    }

    let plugins: [Plugin]

    enum Command: String, Sendable, CaseIterable {
        case add = "ADD"
        case check = "CHECK"
        case delete = "DEL"
    }
}

extension PluginChain {
    /// The time that all plugins' processes took, without the runtime's own.
    ///
    /// The result is what `ADD` has returned last; CHECK and DEL are given it. Another way to run a
    /// plugin is to let a program do it that watches.
    func call(
        _ command: Command, _ pod: PodSandbox, _ result: inout String, on node: PodNode,
        caller: Int = 0, by way: (Program) -> Program = { $0 }
    ) throws(BenchError) -> Duration {
        var sum = Duration.zero
        for plugin in command == .delete ? plugins.reversed() : plugins {
            let before = result.isEmpty ? "" : #","prevResult":\#(result)"#
            let program = Program.plugin(
                plugin.path, pod.environment(command.rawValue),
                "{\(plugin.keys(pod.number))\(before)}")
            let (time, output) = try node.measure(way(program), caller: caller)
            sum += time
            if command == .add { result = String(decoding: output, as: UTF8.self) }
        }
        return sum
    }
}

extension Program {
    /// A plugin as runtimes call it; the reference finds its helpers along these paths.
    static func plugin(
        _ path: String, _ environment: [String], _ configuration: String
    ) -> Program {
        let directory = path.split(separator: "/").dropLast().joined(separator: "/")
        let paths = ["CNI_PATH=/\(directory)"] + Daemon.environment
        return Program(path, environment: environment + paths, input: Array(configuration.utf8))
    }
}
