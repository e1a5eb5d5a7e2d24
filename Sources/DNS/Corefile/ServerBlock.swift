/// A block of a Corefile: some zones, and what is done with questions about them.
package struct ServerBlock: Hashable, Sendable {
    package var keys: [ServerKey]
    package var place: CorefilePlace
    /// Where it listens; nowhere named is everywhere.
    package var binds: [BindOptions] = []

    package var errors: ErrorsOptions?
    package var log: [LogRule] = []
    package var health: HealthOptions?
    package var ready: ReadyOptions?
    package var prometheus: PrometheusOptions?
    package var reload: ReloadOptions?

    package var accessRules: [AccessRule] = []
    package var rewrites: [RewriteRule] = []
    package var cache: CacheOptions?
    package var hosts: HostsOptions?
    package var files: [ZoneFileOptions] = []
    package var kubernetes: KubernetesOptions?
    package var forwards: [ForwardOptions] = []
    package var autopath: AutopathOptions?
    package var transfers: [TransferOptions] = []
    package var chaos: ChaosOptions?
    /// Whether questions of type ANY get a short answer (RFC 8482).
    package var answersAnyShortly = false
    /// Whether localhost is answered here.
    package var answersLocalhost = false

    /// Whether addresses are sent in random order.
    package var shufflesAddresses = false
    /// Whether only the answer section of a success is sent.
    package var isMinimal = false
    /// Whether it is looked for questions that come back.
    package var detectsLoops = false
    /// The longest message over UDP, if it is limited.
    package var bufferSize: UInt16?
    package var nsid: NSIDOptions?
    package var rateLimit: RateLimitOptions?
    package var tls: TLSOptions?
    package var timeouts: TimeoutOptions?
    package var sockets: SocketCount?
    /// Whether there were labels to collect, of which there are none here.
    package var hasMetadata = false

    package var zones: [DomainName] {
        keys.reduce(into: []) { zones, key in
            if !zones.contains(key.zone) { zones.append(key.zone) }
        }
    }
}

extension ServerBlock {
    /// `nsid`: the name of the server, for those who ask for it (RFC 5001).
    package struct NSIDOptions: Hashable, Sendable {
        /// Nil for the host's name.
        package var text: String?
    }

    /// `multisocket`: by how many sockets each address is served.
    package enum SocketCount: Hashable, Sendable {
        case onePerCPU
        case fixed(Int)
    }
}
