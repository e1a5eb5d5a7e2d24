package import Network

/// How the proxy is to work: what of KubeProxyConfiguration matters to nftables, and Weft's own.
///
/// Every field begins as kube-proxy's default.
package struct ProxyConfiguration: Hashable, Sendable {
    package var client = Client()
    /// The node's name, where it is not the machine's (S3).
    package var hostnameOverride = ""
    /// An address of this node that says which family comes first (S115).
    package var bindAddress = IPAddress.v4(.unspecified)
    /// Where health is told (S130); nil for nowhere.
    package var healthAddress: AddressAndPort?
    /// Where metrics are (S133); nil for nowhere.
    package var metricsAddress: AddressAndPort?
    /// Whether an address that cannot be listened at ends the proxy (S134).
    package var bindAddressHardFail = false
    package var enableProfiling = false
    package var mode = Mode.unset
    package var masquerade = Masquerade()
    /// How long after a failure it is tried again (S90).
    package var syncPeriod = Duration.seconds(30)
    /// The least time between two changes of the rules (S90).
    package var minSyncPeriod = Duration.seconds(1)
    package var detection = Detection()
    package var nodePortAddresses = NodePortAddresses.primary
    /// How unlikely the kernel ends this process when memory is short (S118): -1000 for never.
    package var oomScoreAdjustment = -999
    package var conntrack = Conntrack()
    package var configSyncPeriod = Duration.seconds(15 * 60)
    package var featureGates: [String: Bool] = [:]
    package var log = Log()
    package var weft = Own()

    package init() { setListeners() }
}

extension ProxyConfiguration {
    package struct Client: Hashable, Sendable {
        /// Empty to look where clients of Kubernetes look.
        package var kubeconfig = ""
        /// The API server's URL, instead of the kubeconfig's.
        package var master = ""
        package var acceptContentTypes = ""
        package var contentType = "application/vnd.kubernetes.protobuf"
        package var queriesPerSecond = 5.0
        package var burst = 10
    }

    /// A mode of kube-proxy's; all of them mean nftables here.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        case unset = ""
        case iptables
        case ipvs
        case nftables
    }

    package struct Masquerade: Hashable, Sendable {
        /// The bit of the packet mark that asks for masquerade (S70).
        package var bit = 14
        /// Whether everything to a service's own address is masqueraded (S71).
        package var all = false
    }

    package struct Log: Hashable, Sendable {
        package var verbosity = 0
        package var format = Format.text

        package enum Format: String, Hashable, Sendable, CaseIterable {
            case text
            case json
        }
    }

    /// What Weft has and kube-proxy does not: the section `weft`.
    package struct Own: Hashable, Sendable {
        /// The clients a service with affinity can remember, in each family.
        package var affinityTableSize = 262_144
        /// Whether connections are counted, service by service.
        package var counters = false
        /// How long connections to an endpoint that is gone go on; nil for as long as they like.
        package var drainTCP: Duration?
        package var drainSCTP: Duration?
        /// How long changes are collected before they are applied, at least and at most.
        package var minDelay = Duration.zero
        package var maxDelay = Duration.milliseconds(100)
    }
}

extension ProxyConfiguration {
    private static let healthPort: Port = 10256
    private static let metricsPort: Port = 10249

    /// Puts both listeners where they are unless somebody says otherwise: health for everybody,
    /// metrics for this machine, in the family of `bindAddress`.
    mutating func setListeners() {
        let (everywhere, here): (IPAddress, IPAddress) =
            switch bindAddress.family {
            case .v4: (.v4(.unspecified), .v4(.loopback))
            case .v6: (.v6(.unspecified), .v6(.loopback))
            }
        healthAddress = AddressAndPort(everywhere, Self.healthPort)
        metricsAddress = AddressAndPort(here, Self.metricsPort)
    }
}
