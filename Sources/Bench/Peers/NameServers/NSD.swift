import Platform

/// NSD.
struct NSD: ZoneServer {
    let path: String

    let name = "nsd"

    func program(_ zones: ZoneFiles, _ site: NameSite) throws -> Program {
        let file = try site.write("nsd.conf", Self.configuration(zones, site))
        return Program(path, ["-d", "-c", file], environment: Daemon.environment)
    }

    /// Without its limit of answers to one network, which is less than what is asked.
    private static func configuration(_ zones: ZoneFiles, _ site: NameSite) -> String {
        let listeners = site.listeners { "  ip-address: \($0)@\($1)\n" }
        let sections = zones.zones.map { "zone:\n  name: \($0)\n  zonefile: \(zones.path($0))\n" }
        return """
            server:
            \(listeners.joined())  server-count: \(site.threads)
              reuseport: yes
              username: ""
              chroot: ""
              database: ""
              zonesdir: "\(zones.directory)"
              pidfile: ""
              xfrdfile: "\(site.directory)/xfrd"
              zonelistfile: "\(site.directory)/zones"
              xfrdir: "\(site.directory)"
              round-robin: no
              minimal-responses: no
              rrl-ratelimit: 0
            remote-control:
              control-enable: no
            \(sections.joined())
            """
    }
}
