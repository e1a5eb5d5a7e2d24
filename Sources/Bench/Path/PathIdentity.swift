import Network

/// What tells one measurement of a path from the others.
struct PathIdentity: Hashable, Sendable {
    var key: PathStand.Key
    var kind: ServiceKind
    let family: IPFamily
    let workload: Workload
    let endpoints: Int
    let flows: Int
    let isFromOutside: Bool

    var identity: Identity {
        let circumstances: [(String, String)] = [
            ("service", kind.rawValue), ("family", family.word), ("services", "\(key.services)"),
            ("endpoints", "\(endpoints)"), ("place", key.place.rawValue),
            ("program", key.program.rawValue), ("flows", "\(flows)"),
        ]
        let origin = isFromOutside ? [("client", "outside")] : []
        return Identity(
            "path", workload.name, (circumstances + origin).map { .init($0.0, $0.1) })
    }
}
