import DNS
import Kubernetes

/// The zone that all measured servers serve.
enum ClusterZone {
    static let name = "cluster.local."
    static let reverse = ["in-addr.arpa.", "ip6.arpa."]
    /// As kubeadm configures it, in seconds.
    static let timeToLive = 30
    /// A label that no object can have: what is below a name makes it exist without records.
    static let mark = "_exists"
}

/// All names of a cluster, with their records.
struct ServedNames: Sendable {
    let cluster: MixedCluster
    /// The records of the cluster's zone.
    let forward: [NameRecord]
    /// The records of reverse names.
    let backward: [NameRecord]
    private let places: [String: [Int32]]

    init(_ cluster: MixedCluster) throws {
        let marks = cluster.namespaces.flatMap { namespace in
            ["svc", "pod"].map { kind in
                let name = "\(namespace.metadata.name).\(kind).\(ClusterZone.name)"
                return NameRecord("\(ClusterZone.mark).\(name)", .txt, "\"\"")
            }
        }
        var (forward, own, others) = (marks, [NameRecord](), [NameRecord]())
        for number in 0..<cluster.services {
            let slices = try cluster.slices(number, round: 0)
            let records = ServiceRecords(cluster.service(number), slices)
            forward += records.forward
            own += records.backward.service
            others += records.backward.endpoints
        }
        // A service's own address is not known by those of its endpoints.
        let taken = Set(own.map(\.owner))
        self.cluster = cluster
        self.forward = forward
        backward = own + others.filter { !taken.contains($0.owner) }
        places = Self.places(forward + backward)
    }

    private static func places(_ records: [NameRecord]) -> [String: [Int32]] {
        var places: [String: [Int32]] = [:]
        for (index, record) in records.enumerated() {
            places[record.owner, default: []].append(Int32(index))
        }
        return places
    }
}

extension ServedNames {
    /// The records of a name and type.
    func records(_ owner: String, _ type: RecordType) -> [NameRecord] {
        (places[owner] ?? []).map { record(Int($0)) }.filter { $0.type == type }
    }

    /// Whether there are records of the name.
    func exists(_ owner: String) -> Bool { places[owner] != nil }

    private func record(_ index: Int) -> NameRecord {
        index < forward.count ? forward[index] : backward[index - forward.count]
    }
}
