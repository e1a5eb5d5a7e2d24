import Platform
import Support

/// What the files of hosts say, all together as in CoreDNS.
struct HostsFamilies {
    private let hosts: [HostNames]

    init(_ state: ServiceView.State) { hosts = state.plan.blocks.compactMap(\.hosts) }

    var all: [MetricFamily] { hosts.isEmpty ? [] : [entries, modified] }

    private var entries: MetricFamily {
        var family = MetricFamily(
            "coredns_hosts_entries", .gauge, help: "Names of addresses and addresses of names.")
        family.add([:], Double(hosts.reduce(0) { $0 + $1.entryCount }))
        return family
    }

    private var modified: MetricFamily {
        var family = MetricFamily(
            "coredns_hosts_reload_timestamp_seconds", .gauge,
            help: "When the file of hosts that was read was last changed, since 1970.")
        let times = hosts.compactMap(\.table.modified)
        if let last = times.map(\.nanoseconds).max() { family.add([:], Double(last) / 1e9) }
        return family
    }
}
