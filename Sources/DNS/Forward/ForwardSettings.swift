package import Network
package import TLS

/// Where the questions of a zone go, and how.
package struct ForwardSettings: Hashable, Sendable {
    package var upstreams: [Upstream]
    package var policy = Policy.random
    /// Asks by TCP from the start.
    package var forcesTCP = false
    /// So many failures with no reply between them make an upstream count as down; 0 means never.
    package var maxFails = 2
    /// How long a connection is kept that nobody uses.
    package var expire = Duration.seconds(10)
    /// How long a connection is used; servers and what is between tend to forget what is older.
    package var longestConnection = Duration.seconds(300)
    /// How many connections to a server are kept that nobody uses.
    package var mostIdleConnections = Int.max
    /// How often a question is sent in all.
    package var mostTries = UpstreamQuestion.mostTries
    /// After how long without a reply a question is sent again, at the latest.
    package var readTimeout = Duration.seconds(2)
    /// More questions than these are turned away while as many are under way.
    package var maxConcurrent = 1000
    package var healthCheck = HealthCheck()
    /// Replies with these codes make the next upstream be asked.
    package var failover: Set<ResponseCode> = []
    /// Replies with these codes are for the asker to take elsewhere.
    package var next: Set<ResponseCode> = []
    /// As are replies that there are no such records.
    package var nextOnNoData = false
    /// Does not try anyway when all upstreams are down.
    package var failsFast = false
    /// Writes the name in random case, which the reply must repeat.
    package var uses0x20 = false
    /// Whom servers that speak TLS must be certified by, else whom the system trusts; as PEM.
    package var tlsAuthorities: [UInt8]?
    /// What we show servers that want to know who asks.
    package var tlsIdentity: TLSIdentity?

    package init(_ upstreams: [Upstream]) { self.upstreams = upstreams }

    package struct Upstream: Hashable, Sendable {
        package var address: AddressAndPort
        package var transport: Transport

        package init(_ address: AddressAndPort, _ transport: Transport = .udp) {
            self.address = address
            self.transport = transport
        }
    }

    package enum Transport: Hashable, Sendable {
        /// Datagrams; TCP for what does not fit into one.
        case udp
        case tcp
        /// DNS over TLS (RFC 7858) with a server of that name, or if it is empty of that address.
        case tls(name: String)
    }

    package enum Policy: Hashable, Sendable {
        case random, roundRobin, sequential
    }

    /// The question that a server which failed has to answer to count as up again.
    package struct HealthCheck: Hashable, Sendable {
        package var interval = Duration.milliseconds(500)
        package var domain = DomainName.root
        package var wantsRecursion = true

        package init() {}
    }
}
