import Kubernetes

/// The records of a cluster's services as they were at one moment, a service at a time.
///
/// Whatever the size of the cluster, a transfer holds nothing but the objects, which it shares.
struct ClusterTransfer: TransferSource {
    private let snapshot: Snapshot
    private let settings: ClusterSettings
    /// The name that all services lie below.
    private let branch: DomainName
    private var apex: [Record]?
    private var services: ObjectMap<Service>.Iterator

    /// `apex` are the records that are no service's.
    init?(
        _ snapshot: Snapshot, _ settings: ClusterSettings, _ zone: DomainName, _ apex: [Record]
    ) {
        guard let branch = zone.prefixed("svc".utf8) else { return nil }
        self.snapshot = snapshot
        self.settings = settings
        self.branch = branch
        self.apex = apex
        services = snapshot.services.makeIterator()
    }

    mutating func next() -> [Record]? {
        if let apex = apex.take() { return apex }
        guard let key = services.next()?.key else { return nil }
        guard let draft = settings.draft(of: key, snapshot),
            let labels = ClusterIndexWriter.labels(of: key),
            let name = DomainName(unchecked: labels + [0]).appended(to: branch)
        else { return [] }
        return draft.records(of: name, ttl: settings.ttl)
    }
}
