import DNS
import Network
import Platform

/// dnsmasq, which knows addresses and the names of these, as /etc/hosts has them.
struct Dnsmasq: NameServer {
    let path: String

    let name = "dnsmasq"

    /// It looks for ports in a list from its beginning, so that nobody would have it serve many.
    let kinds: Set<QuestionKind> = [.services, .headless, .ptr, .negative, .search, .cached]
    /// By TCP each client has a process of its own, whose time is nobody's at its end.
    let transports: Set<NameTransport> = [.udp]

    func program(for duty: NameDuty, at site: NameSite) throws -> Program? {
        let lines: [String]
        switch duty {
        case .cluster(let sources):
            let hosts = try site.write("hosts", Self.hosts(sources.names))
            let zones = ([ClusterZone.name] + ClusterZone.reverse).map { $0.dropLast() }
            lines = ["addn-hosts=\(hosts)"] + zones.map { "local=/\($0)/" }
        case .upstream: return nil
        case .cache(let upstream): lines = ["server=\(upstream.address)#\(upstream.port)"]
        }
        let file = try site.write("dnsmasq.conf", Self.configuration(lines, site))
        return Program(
            path, ["--keep-in-foreground", "--conf-file=\(file)"],
            environment: Daemon.environment)
    }

    private static func configuration(_ lines: [String], _ site: NameSite) -> String {
        let addresses = NameSite.addresses.map { "\($0)" }.joined(separator: ",")
        return """
            port=\(site.port)
            listen-address=\(addresses)
            bind-interfaces
            no-resolv
            no-hosts
            user=root
            group=root
            pid-file=\(site.directory)/pid
            log-facility=-
            local-ttl=\(ClusterZone.timeToLive)
            cache-size=\(OutsideZone.names)
            dns-forward-max=\(OutsideZone.names)
            \(lines.joined(separator: "\n"))

            """
    }

    /// The first name of an address is the one that leads back from it.
    private static func hosts(_ names: ServedNames) -> String {
        var lines: [String] = []
        var first: Set<NameRecord> = []
        for record in names.backward {
            for type in [RecordType.a, .aaaa] {
                for address in names.records(record.data, type)
                where "\(reverse(address))" == record.owner && first.insert(address).inserted {
                    lines.append("\(address.data) \(record.data.dropLast())\n")
                }
            }
        }
        let others = names.forward.filter { $0.isAddress && !first.contains($0) }
        return (lines + others.map { "\($0.data) \($0.owner.dropLast())\n" }).joined()
    }

    private static func reverse(_ record: NameRecord) -> String {
        IPAddress(record.data).map { "\(DomainName(reversing: $0))" } ?? ""
    }
}

extension NameRecord {
    fileprivate var isAddress: Bool { type == .a || type == .aaaa }
}
