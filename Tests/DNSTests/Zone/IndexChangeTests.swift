import FuzzSupport
import Kubernetes
import Platform
import Testing

@testable import DNS

extension ClusterIndexWriter {
    /// Everything that the index holds.
    func records() -> [[UInt8]: [UInt8]] {
        var records: [[UInt8]: [UInt8]] = [:]
        table.forEach { key, value in records[key.octets] = value.octets }
        return records
    }
}

/// An index that followed changes is the one that would be made of what came of them.
@Suite struct IndexChangeTests {
    /// Changes objects at random, of few names, so that they meet.
    private struct Changes {
        var random: SeededGenerator
        let cluster: NamedCluster

        private mutating func one<Value>(of values: [Value]) -> Value {
            values[random.below(values.count)]
        }

        private mutating func namespace() -> String { one(of: ["a", "b", "c"]) }

        private mutating func service() -> String { one(of: ["web", "db", "x"]) }

        private mutating func ports() -> [String] {
            one(of: [
                [], ["http:80"], ["http:80", "dns:53/UDP"], [":80"], ["dns:53/UDP", "http:80"],
            ])
        }

        private mutating func address() -> String {
            one(of: ["10.1", "10.2", "172.16"]) + ".\(random.below(2)).\(random.below(4))"
        }

        private mutating func address6() -> String {
            "fd00:\(random.below(2))::\(random.below(2)):\(random.below(3))"
        }

        private mutating func endpoints() -> [String] {
            let isSix = random.below(3) == 0
            return (0..<random.below(5)).map { _ in
                let words = one(of: ["", "", " h", " H", " web-0", " unready", " pod:web-0"])
                return (isSix ? address6() : address()) + words
            }
        }

        mutating func next() {
            switch random.below(10) {
            case 0, 1, 2: putService()
            case 3: cluster.delete(Service.self, "\(namespace())/\(service())")
            case 4, 5, 6:
                let (space, name) = (namespace(), service())
                cluster.slice(
                    "\(space)/slice-\(random.below(4))", of: name, endpoints(), ports: ports())
            case 7:
                cluster.delete(EndpointSlice.self, "\(namespace())/slice-\(random.below(4))")
            case 8: changeNamespace()
            default: changePod()
            }
        }

        private mutating func putService() {
            let key = "\(namespace())/\(service())"
            let labels: Labels = one(of: [[:], ["shown": "yes"], ["shown": "no"]])
            if random.below(5) == 0 {
                return cluster.alias(key, to: one(of: ["www.example", "10.0.0.1", "a.b"]))
            }
            let addresses = one(of: [[], [address()], [address6()], [address(), address6()]])
            cluster.service(key, addresses, ports: ports()) { $0.metadata.labels = labels }
        }

        private mutating func changeNamespace() {
            let name = namespace()
            if random.below(2) == 0 { return cluster.delete(Namespace.self, name) }
            cluster.namespace(name, one(of: [[:], ["team": "a"], ["team": "b"]]))
        }

        private mutating func changePod() {
            let key = "\(namespace())/pod-\(random.below(4))"
            if random.below(3) == 0 { return cluster.delete(Pod.self, key) }
            let addresses = [address(), address6()]
            cluster.pod(key, addresses, phase: one(of: ["Running", "Pending", "Failed"]))
        }
    }

    static let options = [
        "pods insecure", "pods verified", "namespaces a b", "namespace_labels team=a",
        "labels shown", "labels shown in (yes)\npods verified", "ignore empty_service",
        "endpoint_pod_names", "noendpoints", "pods verified\nnamespace_labels team",
    ]

    @Test(arguments: options)
    func `D36 every change leaves what would be made anew, and all can go`(option: String) throws {
        let cluster = try served("\(kubernetes) {\n\(option)\n}", isFilled: false)
        var changes = Changes(random: SeededGenerator(seed: 7), cluster: cluster)
        for step in 0..<2000 {
            for _ in 0...changes.random.below(3) { changes.next() }
            let (before, serial) = (cluster.index.records(), cluster.index.index.serial)
            cluster.publish(at: 1_800_000_001 + Int64(step))
            let now = cluster.index.records()
            #expect(shown(before) == shown(now) || serial < cluster.index.index.serial)
            #expect(shown(before) != shown(now) || serial == cluster.index.index.serial)
            guard step.isMultiple(of: 4) else { continue }
            guard now == (try remade(cluster)) else {
                Issue.record("step \(step) is not what would be made anew")
                return
            }
        }
        deleteAll(in: cluster)
        cluster.publish(at: 1_900_000_000)
        #expect(cluster.index.table.count == 0 && cluster.index.records().isEmpty)
    }

    /// The records without how many pods share an address, of which no answer tells.
    private func shown(_ records: [[UInt8]: [UInt8]]) -> [[UInt8]: [UInt8]] {
        let pod: UInt8 = 0x84
        return records.reduce(into: [:]) { $0[$1.key] = $1.key[0] == pod ? [] : $1.value }
    }

    private func remade(_ cluster: NamedCluster) throws -> [[UInt8]: [UInt8]] {
        var index = try ClusterIndexWriter(cluster.settings, readers: Epochs(readers: 1))
        let subscription = cluster.objects.store.subscribe(to: cluster.settings.kinds) {}
        index.apply(subscription.look(), at: .now)
        return index.records()
    }

    private func deleteAll(in cluster: NamedCluster) {
        let snapshot = cluster.objects.store.snapshot
        for (key, _) in snapshot.services { cluster.objects.delete(Service.self, key) }
        for (key, _) in snapshot.endpointSlices { cluster.objects.delete(EndpointSlice.self, key) }
        for (key, _) in snapshot.pods { cluster.objects.delete(Pod.self, key) }
        for (key, _) in snapshot.namespaces { cluster.objects.delete(Namespace.self, key) }
    }
}
