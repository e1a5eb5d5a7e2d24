import Platform

/// What a runtime does for a pod: one plugin after the other, each given what the ones before made.
struct Chain {
    /// A program, and the keys of its configuration for the pod of that number.
    struct Plugin {
        let path: String
        let keys: (_ pod: Int) -> String
    }

    private let node: Node
    private let plugins: [Plugin]
    /// What ADD has returned, by the pod's number: DEL gets it back.
    private var results: [Int: String] = [:]

    init(on node: Node, _ plugins: [Plugin]) {
        self.node = node
        self.plugins = plugins
    }
}

extension Chain {
    /// The time that all plugins' processes took to add the pod.
    mutating func add(_ pod: Pod) throws(PlatformError) -> Duration {
        var sum = Duration.zero
        for plugin in plugins {
            let (time, output) = try call("ADD", plugin, pod)
            sum += time
            results[pod.number] = String(decoding: output, as: UTF8.self)
        }
        return sum
    }

    /// The time that all plugins' processes took to delete it, the last one first.
    mutating func delete(_ pod: Pod) throws(PlatformError) -> Duration {
        var sum = Duration.zero
        for plugin in plugins.reversed() { sum += try call("DEL", plugin, pod).time }
        results[pod.number] = nil
        return sum
    }

    private func call(
        _ command: String, _ plugin: Plugin, _ pod: Pod
    ) throws(PlatformError) -> (time: Duration, output: [UInt8]) {
        let previous = results[pod.number].map { #","prevResult":\#($0)"# } ?? ""
        return try node.measure(
            .plugin(
                plugin.path, pod.environment(command), "{\(plugin.keys(pod.number))\(previous)}"))
    }
}

extension Program {
    /// A plugin as runtimes call it; the reference finds its helpers along these paths.
    static func plugin(
        _ path: String, _ environment: [String], _ configuration: String
    ) -> Program {
        let directory = path.split(separator: "/").dropLast().joined(separator: "/")
        let paths = ["CNI_PATH=/\(directory)", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
        return Program(path, environment: environment + paths, input: Array(configuration.utf8))
    }
}
