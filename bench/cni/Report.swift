import Measure
import Platform

/// All figures, in the order of the report.
struct Report {
    private let suites: Suites
    private let counts: Counts
    private(set) var figures: [Figure] = []

    init(_ suites: Suites, _ counts: Counts) {
        self.suites = suites
        self.counts = counts
    }

    /// How many pods each suite gets, addresses are taken before, pods there are at most.
    struct Counts {
        let pods: Int
        let leases: Int
        let many: Int
    }

    /// Bridge and addresses alone, in one configuration for both.
    mutating func compareBridges() throws {
        let network = "bench-bridge"
        let comparison = try compare(
            [suites.bridge(suites.ours, of: network)],
            [suites.bridge(suites.reference, of: network + "-reference")])
        figures += [
            comparison.addition("bridge: ADD", atMost: 0.35),
            comparison.deletion("bridge: DEL", atMost: 0.9),
        ]
    }

    /// With masquerade and a host port: two processes and their children against one.
    mutating func comparePorts() throws {
        let network = "bench-ports-reference"
        let comparison = try compare(
            [suites.everything("bench-ports")],
            [suites.masqueradingBridge(network), suites.portmap(network)])
        figures += [
            comparison.addition("bridge, masquerade, port: ADD", atMost: 0.1),
            comparison.deletion("bridge, masquerade, port: DEL", atMost: 0.25),
        ]
    }

    private func compare(
        _ ours: [Chain.Plugin], _ reference: [Chain.Plugin]
    ) throws -> Comparison {
        var comparison = Comparison(
            ("weft", Chain(on: try Node(), ours)), ("reference", Chain(on: try Node(), reference)))
        try comparison.measure(pods: counts.pods)
        return comparison
    }
}

extension Report {
    /// With so many addresses taken: ours by our own plugin, the reference's as it would store them.
    mutating func compareFull() throws {
        let (network, other) = ("bench-full", "bench-full-reference")
        let count = counts.leases
        try takeAddresses(network, count)
        try Suites.writeReferenceLeases(other, count)
        let comparison = try compare(
            [suites.bridge(suites.ours, of: network)],
            [suites.bridge(suites.reference, of: other)])
        figures.append(comparison.addition("bridge, \(count) leases: ADD", atMost: 0.1))
    }

    private func takeAddresses(_ network: String, _ count: Int) throws {
        var chain = Chain(on: try Node(), [suites.addresses(network)])
        let first = 100_000
        let pod = try Pod(first)
        for number in first..<(first + count) { _ = try chain.add(Pod(number, sharing: pod)) }
    }

    /// Routed pods have a time to keep, and the second family little of it.
    mutating func compareFamilies() throws {
        let dual = suites.routed("bench-dual", isDualStack: true)
        let single = suites.routed("bench-single", isDualStack: false)
        var comparison = Comparison(
            ("dual-stack", Chain(on: try Node(), [dual])),
            ("single-stack", Chain(on: try Node(), [single])))
        try comparison.measure(pods: counts.pods)
        figures += [
            comparison.secondAddition("routed: ADD", milliseconds: 4),
            comparison.addition("routed, dual-stack: ADD", atMost: 1.3),
        ]
    }

    mutating func measureGrowth() throws {
        let node = try Node()
        let chain = Chain(on: node, [suites.routedWithPort("bench-growth")])
        figures += try Growth(chain, on: node, pods: counts.many).figures
    }

    /// The commands that runtimes call again and again, as whole processes.
    mutating func measureQuestions() throws {
        let node = try Node()
        let plugin = suites.routedWithPort("bench-questions")
        for command in ["STATUS", "VERSION"] {
            var samples = Samples(of: command)
            for _ in 0..<counts.pods {
                let program = Program.plugin(
                    plugin.path, ["CNI_COMMAND=\(command)"], "{\(plugin.keys(0))}")
                samples.add(try node.measure(program).time)
            }
            figures.append(Figure(command, samples, milliseconds: 3))
        }
    }

    mutating func countChildren() throws {
        let children = Children(of: suites.everything("bench-children"), on: try Node())
        figures.append(try children.figure("processes started by ADD and DEL"))
    }
}
