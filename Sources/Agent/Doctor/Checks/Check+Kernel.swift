import Network
import Platform

extension Check {
    static let kernel = [
        Check("sight", "what could not be looked at") { facts in
            facts.blind.map {
                .warning($0, "run weft doctor as root, in the node's own namespaces")
            }
        },
        Check("kernel", "what rules and links are made of") { facts in
            facts.missingFeatures.map { .error($0.text, $0.remedy) }
        },
        Check("forwarding", "net.ipv4.ip_forward, net.ipv6.conf.all.forwarding") { facts in
            facts.families.compactMap(facts.forwarding)
        },
        Check("conntrack", "how full the table of connections is") { $0.connections },
        Check("clock", "the time of day") { $0.clock },
    ]
}

extension MachineFacts {
    /// The families that pods have addresses of; IPv4 as long as nothing says so.
    var families: [IPFamily] {
        let known = Set(rangeFile.document?.networks.map(\.family) ?? [])
        return known.isEmpty ? [.v4] : known.sorted()
    }

    fileprivate func forwarding(_ family: IPFamily) -> Finding? {
        let name =
            family == .v4 ? SettingNames.forwarding4 : SettingNames.forwarding6
        guard settings[name] != "1" else { return nil }
        return .error(
            "the node passes no \(family) packets on (\(dotted(name)) = \(settings[name] ?? "absent"))",
            "sysctl -w \(dotted(name))=1, and keep it in /etc/sysctl.d/; weft agent sets it "
                + "unless /proc/sys is read-only")
    }

    fileprivate var connections: [Finding] {
        guard let count = settings[SettingNames.connections].flatMap(Int.init),
            let limit = settings[SettingNames.connectionLimit].flatMap(Int.init), limit > 0
        else { return [] }
        // Beyond the limit the kernel drops first packets: warn while there is room yet.
        guard count >= limit / 10 * 9 else { return [] }
        return [
            .error(
                "the table of connections is nearly full: \(count) of \(limit)",
                "sysctl -w \(dotted(SettingNames.connectionLimit))=\(limit * 2), or conntrack.min "
                    + "in the proxy's configuration")
        ]
    }

    /// Certificates are not valid before they are made, and Kubernetes with Weft is younger.
    private static let earliest: Int64 = 1_735_689_600

    fileprivate var clock: [Finding] {
        if time.nanoseconds / 1_000_000_000 < Self.earliest {
            return [
                .error(
                    "the clock says \(time.text)",
                    "set it (chronyc makestep, timedatectl set-ntp true): certificates are not "
                        + "valid by it")
            ]
        }
        guard !isClockSynchronized else { return [] }
        return [
            .warning(
                "nothing keeps the clock right",
                "run chrony, systemd-timesyncd or the like: certificates and leases go by it")
        ]
    }
}

/// Kernel settings, by the names that take links with dots.
enum SettingNames {
    static let forwarding4 = "net/ipv4/ip_forward"
    static let forwarding6 = "net/ipv6/conf/all/forwarding"
    static let connections = "net/netfilter/nf_conntrack_count"
    static let connectionLimit = "net/netfilter/nf_conntrack_max"
    static let bridgedPackets = "net/bridge/bridge-nf-call-iptables"

    static func reversePath(_ link: String) -> String { "net/ipv4/conf/\(link)/rp_filter" }

    static let fixed = [
        forwarding4, forwarding6, connections, connectionLimit, bridgedPackets, reversePath("all"),
    ]
}

/// A setting's name as sysctl(8) takes it.
func dotted(_ name: String) -> String {
    String(name.map { $0 == "/" ? "." : $0 == "." ? "/" : $0 })
}
