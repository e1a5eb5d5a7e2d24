import Platform

/// `weft dns` of a program file.
struct WeftNames: NameServer {
    let path: String

    let name = "weft"

    func program(for duty: NameDuty, at site: NameSite) throws -> Program? {
        let file = try site.write("Corefile", duty.corefile(site))
        return Program(path, ["dns", "--quiet", "--conf", file], environment: Daemon.environment)
    }
}

/// CoreDNS of a program file, with the same configuration.
struct CoreDNS: NameServer {
    let path: String

    let name = "coredns"

    func program(for duty: NameDuty, at site: NameSite) throws -> Program? {
        let file = try site.write("Corefile", duty.corefile(site))
        let environment = Daemon.environment + ["GOMAXPROCS=\(site.threads)"]
        return Program(path, ["-quiet", "-conf", file], environment: environment)
    }
}

extension NameDuty {
    fileprivate func corefile(_ site: NameSite) -> String {
        switch self {
        case .cluster(let sources): Corefile.cluster(sources, site)
        case .upstream(let zones): Corefile.zones(zones, site)
        case .cache(let upstream): Corefile.cache("\(upstream)", site)
        }
    }
}
