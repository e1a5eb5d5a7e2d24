package import Network

/// `forward`: questions that other servers answer.
package struct ForwardOptions: Hashable, Sendable {
    package enum Policy: String, Hashable, Sendable {
        case random
        case roundRobin = "round_robin"
        case sequential
    }

    package enum Upstream: Hashable, Sendable {
        case server(Server)
        /// The servers that a file such as /etc/resolv.conf names.
        case resolverFile(String)
    }

    package struct Server: Hashable, Sendable {
        package var address: AddressAndPort
        /// The interface of a link-local address.
        package var scope: InterfaceName?
        package var usesTLS: Bool
    }

    package struct HealthCheck: Hashable, Sendable {
        package var interval: Duration = .milliseconds(500)
        package var wantsRecursion = true
        package var domain = DomainName.root
    }

    package struct TLS: Hashable, Sendable {
        package var certificate: String?
        package var key: String?
        package var authority: String?
        package var serverName: String?
    }

    /// What is forwarded: what is within a zone.
    package var zones: [DomainName]
    package var upstreams: [Upstream]
    /// What is within these is not.
    package var exceptions: [DomainName] = []
    package var policy = Policy.random
    package var forcesTCP = false
    package var prefersUDP = false
    /// How long an idle connection is kept.
    package var expiry: Duration = .seconds(10)
    /// How long a connection is kept in all; nil for as long as it is used.
    package var maxAge: Duration?
    package var maxIdleConnections: Int?
    package var maxConnectAttempts: Int?
    package var readTimeout: Duration = .seconds(2)
    /// After how many failed checks a server counts as down; 0 for never.
    package var maxFailures = 2
    package var healthCheck = HealthCheck()
    /// How many questions may wait for an answer; 0 for any number.
    package var maxConcurrent = 0
    package var tls = TLS()
    /// The answers with which the next `forward` is asked.
    package var next: [ResponseCode] = []
    package var nextOnNoData = false
    /// The answers with which the next server of this one is asked.
    package var failover: [ResponseCode] = []
    /// Whether nobody is asked when every server is down.
    package var failsFast = false

    package func covers(_ name: DomainName) -> Bool {
        zones.contains { name.isWithin($0) } && !exceptions.contains { name.isWithin($0) }
    }

    static let mostUpstreams = 15
}

extension ForwardOptions {
    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        let values = try directive.expect(2...Int.max, "forward ZONE SERVER …")
        zones = try directive.zones(values.prefix(1))
        upstreams = []
        for word in values.dropFirst() {
            upstreams.append(try Upstream(word, directive, context))
        }
        guard upstreams.count <= Self.mostUpstreams else {
            throw directive.wrong(
                "has \(upstreams.count) servers", "name at most \(Self.mostUpstreams)")
        }
        for option in try directive.options() {
            if try takeChoice(option) { continue }
            if try takeConnection(option) { continue }
            if try takeHealth(option) { continue }
            guard try takeTLS(option, context) else {
                throw option.unknownOption(Self.known, refused: Self.refused)
            }
        }
        try checkTLS(directive)
    }

    private func checkTLS(_ directive: Directive) throws(CorefileError) {
        guard tls != TLS() else { return }
        let hasTLS = upstreams.contains { upstream in
            if case .server(let server) = upstream { server.usesTLS } else { false }
        }
        if !hasTLS {
            throw directive.wrong(
                "\"tls\" is for servers that are asked over TLS", "write them as tls://ADDRESS")
        }
    }

    private mutating func takeChoice(_ option: Directive) throws(CorefileError) -> Bool {
        switch option.name {
        case "except":
            exceptions += try option.zones(option.atLeastOne("except ZONE …"))
        case "policy":
            policy = try option.choice(
                option.value("policy random|round_robin|sequential"),
                ["random": .random, "round_robin": .roundRobin, "sequential": .sequential])
        case "next": next += try codes(option)
        case "next_on_nodata": nextOnNoData = try option.flag()
        case "failover":
            failover += try codes(option)
            if failover.contains(.noError) {
                throw option.wrong("\"failover\" cannot be NOERROR", "write the codes of failures")
            }
        default: return false
        }
        return true
    }

    private func codes(_ option: Directive) throws(CorefileError) -> [ResponseCode] {
        var codes: [ResponseCode] = []
        for word in try option.atLeastOne("\(option.name) RCODE …") {
            codes.append(try option.responseCode(word))
        }
        return codes
    }

    private mutating func takeConnection(_ option: Directive) throws(CorefileError) -> Bool {
        switch option.name {
        case "force_tcp": forcesTCP = try option.flag()
        case "prefer_udp": prefersUDP = try option.flag()
        case "expire": expiry = try option.duration(option.value("expire DURATION"))
        case "max_age": maxAge = try option.duration(option.value("max_age DURATION"))
        case "max_idle_conns": maxIdleConnections = try count(option)
        case "max_connect_attempts": maxConnectAttempts = try count(option)
        case "read_timeout":
            readTimeout = try option.duration(
                option.value("read_timeout DURATION"), in: Self.shortestRead...Self.longestRead)
        default: return false
        }
        return true
    }

    /// Whoever asked has given up long before.
    private static let shortestRead = Duration.milliseconds(1)
    private static let longestRead = Duration.seconds(60)

    private func count(_ option: Directive) throws(CorefileError) -> Int {
        try option.number(option.value("\(option.name) NUMBER"), in: 0...Int(Int32.max))
    }

    private mutating func takeHealth(_ option: Directive) throws(CorefileError) -> Bool {
        switch option.name {
        case "max_fails": maxFailures = try count(option)
        case "max_concurrent": maxConcurrent = try count(option)
        case "health_check": healthCheck = try HealthCheck(option)
        case "failfast_all_unhealthy_upstreams": failsFast = try option.flag()
        default: return false
        }
        return true
    }

    private mutating func takeTLS(
        _ option: Directive, _ context: BlockContext
    ) throws(CorefileError) -> Bool {
        switch option.name {
        case "tls":
            var files: [String] = []
            for word in try option.expect(0...3, "tls [CERT KEY] [CA]") {
                files.append(try option.path(word, context))
            }
            if files.count % 2 == 1 { tls.authority = files.removeLast() }
            if files.count == 2 { (tls.certificate, tls.key) = (files[0], files[1]) }
        case "tls_servername":
            let word = try option.value("tls_servername NAME")
            _ = try option.domain(word)
            tls.serverName = word.text
        default: return false
        }
        return true
    }

    private static let known = [
        "except", "policy", "next", "next_on_nodata", "failover", "force_tcp", "prefer_udp",
        "expire", "max_age", "max_idle_conns", "max_connect_attempts", "read_timeout", "max_fails",
        "max_concurrent", "health_check", "failfast_all_unhealthy_upstreams", "tls",
        "tls_servername",
    ]

    private static let refused = [
        "source_address": "the route to the server decides: remove it, or set src of the route",
        "doh_method": "servers are asked over UDP, TCP or TLS: write tls://ADDRESS",
        "spray": "it is what happens when every server is down: remove it",
    ]
}

extension ForwardOptions.HealthCheck {
    fileprivate init(_ option: Directive) throws(CorefileError) {
        let usage = "health_check DURATION [no_rec] [domain NAME]"
        var values = try option.atLeastOne(usage)
        interval = try option.duration(values.removeFirst())
        while let word = values.popFirst() {
            switch word.text {
            case "no_rec": wantsRecursion = false
            case "domain":
                guard let name = values.popFirst() else {
                    throw option.wrong("\"health_check\" names no domain", "write \(usage)")
                }
                domain = try option.domain(name)
            default: throw option.unsuitable(word, "write \(usage)")
            }
        }
    }
}
