import Platform

/// A server that reads zone files, and asks nobody else.
protocol ZoneServer: NameServer {
    func program(_ zones: ZoneFiles, _ site: NameSite) throws -> Program
}

extension ZoneServer {
    func program(for duty: NameDuty, at site: NameSite) throws -> Program? {
        switch duty {
        case .cluster(let sources): try program(sources.zones, site)
        case .upstream(let zones): try program(zones, site)
        case .cache: nil
        }
    }
}
