import Network

/// What tells one measurement of programming services from the others.
struct SyncIdentity: Hashable, Sendable {
    let workload: String
    let program: PathProgram
    let services: Int
    let endpoints: Int
    let family: IPFamily
    var transport: TransportProtocol?

    var identity: Identity {
        let circumstances: [(String, String)] = [
            ("family", family.word), ("services", "\(services)"), ("endpoints", "\(endpoints)"),
            ("program", program.rawValue),
        ]
        let sent = transport.map { [("transport", $0.lowercaseName)] } ?? []
        return Identity("sync", workload, (circumstances + sent).map { .init($0.0, $0.1) })
    }
}
