import Platform
import Support
import Synchronization
import TestSupport
import Testing

@testable import Proxy

@Suite struct `S85 The kernel's limits` {
    static let most = "net.netfilter.nf_conntrack_max"
    static let buckets = "net.netfilter.nf_conntrack_buckets"

    /// The writes that this much of connection tracking asks for; times are left as they are.
    private func writes(
        perCore: Int = 32768, min: Int = 131072, processors: Int, current: [String: Int] = [:]
    ) -> [String: Int] {
        var conntrack = ProxyConfiguration.Conntrack()
        conntrack.maxPerCore = perCore
        conntrack.min = min
        conntrack.tcpEstablishedTimeout = .zero
        conntrack.tcpCloseWaitTimeout = .zero
        let limits = KernelLimits(conntrack, processors: processors, current: current)
        return Dictionary(uniqueKeysWithValues: limits.writes.map { ($0.setting, $0.value) })
    }

    @Test(
        arguments: [
            (2, 32768, 131072, 131072), (4, 32768, 131072, 131072), (8, 32768, 131072, 262144),
            (64, 32768, 131072, 1_048_576), (64, 32768, 2_000_000, 2_000_000), (1, 10, 0, 10),
            (2, Int.max, 0, 1_048_576),
        ])
    func `follow the processors, with a least and a most`(
        processors: Int, perCore: Int, min: Int, most: Int
    ) {
        #expect(writes(perCore: perCore, min: min, processors: processors) == [Self.most: most])
    }

    @Test func `stay as they are where the configuration says 0`() {
        #expect(writes(perCore: 0, processors: 8).isEmpty)
    }

    @Test(arguments: [(32767, 32768), (0, 32768), (32768, nil), (65536, nil)] as [(Int, Int?)])
    func `get more buckets when there are too few, never fewer`(before: Int, after: Int?) {
        let writes = writes(processors: 4, current: [Self.buckets: before])
        #expect(writes[Self.buckets] == after)
    }

    @Test func `that are right are not written`() {
        #expect(writes(processors: 4, current: [Self.most: 131072]).isEmpty)
        #expect(writes(processors: 4, current: [Self.most: 1]) == [Self.most: 131072])
    }

    @Test func `are times in seconds, and a switch`() {
        var conntrack = ProxyConfiguration.Conntrack()
        conntrack.maxPerCore = 0
        let names = { (limits: KernelLimits) in
            limits.writes.map { "\($0.setting.split(separator: "_", maxSplits: 2)[2])=\($0.value)" }
        }
        let limits = { KernelLimits($0, processors: 1, current: [:]) }
        #expect(
            names(limits(conntrack)) == [
                "tcp_timeout_established=86400", "tcp_timeout_close_wait=3600",
            ])
        conntrack.tcpEstablishedTimeout = .zero
        conntrack.tcpCloseWaitTimeout = .zero
        conntrack.udpTimeout = .seconds(30)
        conntrack.udpStreamTimeout = .seconds(180)
        conntrack.tcpBeLiberal = true
        #expect(
            names(limits(conntrack)) == [
                "udp_timeout=30", "udp_timeout_stream=180", "tcp_be_liberal=1",
            ])
    }

    @Test(.requiresRoot)
    func `are set where they can be, and what cannot be is a warning that names it`() throws {
        try withLab { lab in
            let host = try lab.host("node")
            var conntrack = ProxyConfiguration.Conntrack()
            conntrack.udpTimeout = .seconds(17)
            let settings = conntrack
            let (before, after, lines) = try host.run {
                let lines = Lines()
                let before = KernelLimits.read()
                // Only the first namespace may say how many connections there can be.
                KernelLimits(settings, processors: 1000, current: before).apply(lines.log)
                return (before, KernelLimits.read(), lines.all)
            }
            let udp = "net.netfilter.nf_conntrack_udp_timeout"
            try #require(before[udp] != nil, "connection tracking is not loaded")
            #expect(before[udp] != 17 && after[udp] == 17)
            #expect(after["net.netfilter.nf_conntrack_tcp_timeout_established"] == 86400)
            #expect(after[Self.most] == before[Self.most])
            #expect(
                lines.contains { $0.hasPrefix("level=info") && $0.contains("\(udp) becomes 17") })
            let warning = lines.first { $0.hasPrefix("level=warning") } ?? ""
            #expect(warning.contains("/proc/sys/net/netfilter/nf_conntrack_max"), "\(lines)")
        }
    }
}

/// A log that can be read.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var log: Log { Log { [self] line in lines.withLock { $0.append(line) } } }
    var all: [String] { lines.withLock { $0 } }
}
