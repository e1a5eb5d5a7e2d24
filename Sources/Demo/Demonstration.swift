import Network
import Platform

/// The whole: a cluster is built, proves itself, and goes.
package struct Demonstration {
    private let plan: ClusterPlan
    private let directory: RunDirectory
    private let keeps: Bool
    private let interruption: Interruption
    private let say: (String) throws -> Void

    /// Prepares the process for it: to be called before it has other threads.
    package init(
        _ plan: ClusterPlan, in directory: RunDirectory, keeps: Bool,
        say: @escaping (String) throws -> Void
    ) throws {
        try directory.claim()
        try Privacy.prepare(for: directory, keeps: keeps)
        self.plan = plan
        self.directory = directory
        self.keeps = keeps
        interruption = try DemoError.of(.privilege, "take signals") { try Interruption() }
        self.say = say
    }
}

extension Demonstration {
    /// Runs all of it, and gives the lines of the table.
    package func run() throws -> [Line] {
        let start = MonotonicTime.now
        var isKept = false
        defer { if !isKept { remove() } }
        let cluster = try Cluster(plan, in: directory, interruption)
        try say("\(cluster.summary)\n")
        try Settling(cluster: cluster, interruption: interruption).wait()
        try say("Everything answers after \((MonotonicTime.now - start).words).\n\n")
        let lines = try prove(cluster)
        let kept = lines.filter(\.holds).count
        try say("\n\(kept) of \(lines.count) hold, after \((MonotonicTime.now - start).words).\n")
        if kept < lines.count { try say(KernelState(cluster: cluster).text) }
        if keeps {
            try directory.keep()
            cluster.leave()
            isKept = true
            try say(Instructions(cluster).text)
        }
        return lines
    }

    private func prove(_ cluster: Cluster) throws -> [Line] {
        let checks = Check.all(plan)
        let table = Table(
            subjects: checks.map(\.subject), expectations: checks.map(\.expectation))
        try say(table.head + "\n")
        var lines: [Line] = []
        for check in checks {
            try interruption.check()
            let line = check.line(cluster)
            try say(table.row(line) + "\n")
            lines.append(line)
        }
        return lines
    }

    private func remove() {
        do throws(DemoError) {
            _ = try Cluster.tearDown(directory)
        } catch {
            // What remains is still found by `weft demo down`.
            try? StandardStream.error.write("\(error)\n")
        }
    }
}
