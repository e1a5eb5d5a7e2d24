package import Network
import Platform

/// `weft bench path --target`: what is there, from here.
package struct TargetSuite: Suite {
    private let targets: [AddressAndPort]
    private let workloads: [Workload]
    private let flows: [Int]
    private let rounds: Int
    private let duration: Duration

    package init(
        _ targets: [AddressAndPort], _ workloads: [Workload], flows: [Int], rounds: Int,
        duration: Duration
    ) {
        self.targets = targets
        self.workloads = workloads
        self.flows = flows
        self.rounds = rounds
        self.duration = duration
    }

    package mutating func run(_ observer: Observer) throws {
        let namespace = try BenchError.of(.network, "find this network namespace") {
            try NetworkNamespace.current()
        }
        let client = try LoadClient(in: namespace, try Placement.standard)
        for workload in workloads {
            for count in flows {
                let subjects = targets.map { target in
                    LoadSubject(
                        Self.identity(workload, target, count), workload, from: client,
                        to: [target], for: duration, flows: count)
                }
                var interleaving = Interleaving(subjects, rounds: rounds)
                let found = try interleaving.run(observer)
                let ratios = found.dropFirst().flatMap { $0.ratios(to: found[0]) }
                try observer.tell(.measured(found, ratios))
            }
        }
    }

    private static func identity(
        _ workload: Workload, _ target: AddressAndPort, _ flows: Int
    ) -> Identity {
        Identity(
            "path", workload.name,
            [.init("target", "\(target)"), .init("flows", "\(flows)")])
    }
}
