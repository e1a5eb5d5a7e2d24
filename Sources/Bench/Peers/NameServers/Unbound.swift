import Network
import Platform

/// Unbound, which answers from zone files as well as from what it has asked others for.
struct Unbound: NameServer {
    let path: String

    let name = "unbound"

    func program(for duty: NameDuty, at site: NameSite) throws -> Program? {
        let sections =
            switch duty {
            case .cluster(let sources): Self.zones(sources.zones)
            case .upstream(let zones): Self.zones(zones)
            case .cache(let upstream): Self.forward(to: upstream)
            }
        let file = try site.write("unbound.conf", Self.server(site) + sections)
        return Program(path, ["-d", "-c", file], environment: Daemon.environment)
    }

    /// What it says of itself to private addresses would hide the zones.
    private static func server(_ site: NameSite) -> String {
        """
        server:
        \(site.listeners { "  interface: \($0)@\($1)\n" }.joined())  do-daemonize: no
          use-syslog: no
          username: ""
          chroot: ""
          directory: "\(site.directory)"
          pidfile: ""
          num-threads: \(site.threads)
          so-reuseport: yes
          msg-cache-slabs: 4
          rrset-cache-slabs: 4
          msg-cache-size: 64m
          rrset-cache-size: 128m
          do-not-query-localhost: no
          access-control: 127.0.0.0/8 allow
          access-control: ::1/128 allow
          module-config: "iterator"
          local-zone: "test." nodefault
          local-zone: "10.in-addr.arpa." nodefault
          local-zone: "d.f.ip6.arpa." nodefault
        remote-control:
          control-enable: no

        """
    }

    private static func zones(_ zones: ZoneFiles) -> String {
        zones.zones.map { zone in
            """
            auth-zone:
              name: "\(zone)"
              zonefile: "\(zones.path(zone))"
              for-downstream: yes
              for-upstream: no
              fallback-enabled: no

            """
        }.joined()
    }

    private static func forward(to upstream: AddressAndPort) -> String {
        """
        forward-zone:
          name: "."
          forward-addr: \(upstream.address)@\(upstream.port)

        """
    }
}
