/// What connection tracking must be told on this machine (S85).
package struct KernelLimits: Hashable, Sendable {
    /// In the order in which they are made.
    package let writes: [Write]

    package struct Write: Hashable, Sendable {
        /// As sysctl(8) names it.
        package let setting: String
        package let value: Int
        /// What it was; nil where that could not be read.
        package let before: Int?
    }
}

extension KernelLimits.Write: CustomStringConvertible {
    package var description: String {
        "\(setting) becomes \(value)" + (before.map { ", it was \($0)" } ?? "")
    }
}

extension KernelLimits {
    static let maximum = "net.netfilter.nf_conntrack_max"
    static let buckets = "net.netfilter.nf_conntrack_buckets"

    /// Above this, memory for idle entries is no longer worth it on any number of processors.
    private static let mostPerCores = 1 << 20
    /// How many entries of a full table share a bucket.
    private static let entriesPerBucket = 4

    /// What to write so that the settings are as configured; `current` has those that can be read.
    package init(
        _ conntrack: ProxyConfiguration.Conntrack, processors: Int, current: [String: Int]
    ) {
        writes = Self.wanted(conntrack, processors, buckets: current[Self.buckets])
            .map { Write(setting: $0.setting, value: $0.value, before: current[$0.setting]) }
            .filter { $0.value != $0.before }
    }

    /// All that is read before.
    package static let settings = [maximum, buckets] + timeouts.map(\.setting) + [liberal]

    private static let liberal = "net.netfilter.nf_conntrack_tcp_be_liberal"

    private static let timeouts:
        [(setting: String, time: @Sendable (ProxyConfiguration.Conntrack) -> Duration)] = [
            ("net.netfilter.nf_conntrack_tcp_timeout_established", { $0.tcpEstablishedTimeout }),
            ("net.netfilter.nf_conntrack_tcp_timeout_close_wait", { $0.tcpCloseWaitTimeout }),
            ("net.netfilter.nf_conntrack_udp_timeout", { $0.udpTimeout }),
            ("net.netfilter.nf_conntrack_udp_timeout_stream", { $0.udpStreamTimeout }),
        ]

    private static func wanted(
        _ conntrack: ProxyConfiguration.Conntrack, _ processors: Int, buckets: Int?
    ) -> [(setting: String, value: Int)] {
        var wanted: [(setting: String, value: Int)] = []
        if let most = most(conntrack, processors) {
            wanted.append((maximum, most))
            let needed = most / entriesPerBucket
            // More buckets than needed do no harm, and a table that changes must be filled anew.
            if let buckets, buckets < needed { wanted.append((Self.buckets, needed)) }
        }
        for (setting, time) in timeouts {
            let seconds = Int(time(conntrack).components.seconds)
            if seconds > 0 { wanted.append((setting, seconds)) }
        }
        if conntrack.tcpBeLiberal { wanted.append((liberal, 1)) }
        return wanted
    }

    /// How many connections are to be tracked; nil to leave that as it is.
    private static func most(
        _ conntrack: ProxyConfiguration.Conntrack, _ processors: Int
    ) -> Int? {
        guard conntrack.maxPerCore > 0 else { return nil }
        let (scaled, overflow) = conntrack.maxPerCore.multipliedReportingOverflow(by: processors)
        return max(conntrack.min, overflow ? mostPerCores : min(scaled, mostPerCores))
    }
}
