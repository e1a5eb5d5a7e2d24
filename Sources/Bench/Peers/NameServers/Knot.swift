import Platform

/// Knot DNS.
struct Knot: ZoneServer {
    let path: String

    let name = "knot"

    func program(_ zones: ZoneFiles, _ site: NameSite) throws -> Program {
        let file = try site.write("knot.conf", Self.configuration(zones, site))
        return Program(path, ["-c", file], environment: Daemon.environment)
    }

    /// Whoever has read all zones needs to write nothing.
    private static func configuration(_ zones: ZoneFiles, _ site: NameSite) -> String {
        let listeners = site.listeners { "\($0)@\($1)" }.joined(separator: ", ")
        let domains = zones.zones.map { "  - domain: \($0)\n    file: \(zones.path($0))\n" }
        return """
            server:
              listen: [ \(listeners) ]
              rundir: \(site.directory)
              udp-workers: \(site.threads)
              tcp-workers: \(site.threads)
              background-workers: 1
            database:
              storage: \(site.directory)
              journal-db-max-size: 1M
            template:
              - id: default
                storage: \(zones.directory)
                journal-content: none
                zonefile-sync: -1
                semantic-checks: off
            zone:
            \(domains.joined())
            """
    }
}
