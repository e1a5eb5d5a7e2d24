import Network
import Platform

/// The whole: a cluster is built, proves itself, and goes.
package struct Demonstration {
    private let plan: ClusterPlan
    private let directory: RunDirectory
    private let keeps: Bool
    private let interruption: Interruption
    private let say: (String) throws -> Void

    package init(
        _ plan: ClusterPlan, in directory: RunDirectory, keeps: Bool, _ interruption: Interruption,
        say: @escaping (String) throws -> Void
    ) {
        self.plan = plan
        self.directory = directory
        self.keeps = keeps
        self.interruption = interruption
        self.say = say
    }
}

extension Demonstration {
    /// Runs all of it; true means that every line held.
    package func run() throws -> Bool {
        let start = MonotonicTime.now
        try directory.claim()
        var isKept = false
        defer { if !isKept { remove() } }
        let cluster = try Cluster(plan, in: directory, interruption)
        try say("\(cluster.summary)\n")
        try Settling(cluster: cluster, interruption: interruption).wait()
        try say("Everything answers after \((MonotonicTime.now - start).words).\n\n")
        let lines = try prove(cluster)
        let kept = lines.filter(\.holds).count
        try say("\n\(kept) of \(lines.count) hold, after \((MonotonicTime.now - start).words).\n")
        let holds = kept == lines.count
        if !holds { try say(KernelState(cluster: cluster).text) }
        if keeps {
            try directory.keep()
            cluster.leave()
            isKept = true
            try say(Instructions(cluster).text)
        }
        return holds
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
