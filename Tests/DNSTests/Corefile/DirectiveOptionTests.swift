import Kubernetes
import Network
import Testing

@testable import DNS

@Suite struct `Directives of a Corefile` {
    /// At least one way of writing each directive, so that none is in the list only.
    @Test func `every directive that is named as known is taken`() throws {
        let lines = [
            "acl": "acl {\n allow\n}", "autopath": "autopath /etc/resolv.conf", "bind": "bind lo",
            "file": "file /db", "forward": "forward . 10.0.0.1", "kubernetes": "kubernetes a",
            "ratelimit": "ratelimit 9", "rewrite": "rewrite name a b", "root": "root /etc",
            "transfer": "transfer {\n to *\n}",
            "timeouts": "timeouts {\n read 1s\n}",
        ]
        for name in DirectiveName.known where name != "tls" {
            #expect(problem("a {\n\(lines[name] ?? name)\n}\n") == nil, "\(name)")
            let twice = problem("a {\n\(lines[name] ?? name)\n\(lines[name] ?? name)\n}\n")
            #expect((twice == nil) == DirectiveName.repeatable.contains(name), "\(name) twice")
        }
        #expect(problem("tls://a {\ntls c k\n}\n") == nil)
        #expect(DirectiveName.known == DirectiveName.known.sorted())
        #expect(DirectiveName.repeatable.isSubset(of: DirectiveName.known))
        #expect(Set(DirectiveName.known).isDisjoint(with: DirectiveName.refused.keys))
    }

    @Test func `D24 D50 D52 D55 kubernetes`() throws {
        let options = try #require(
            try block(
                """
                kubernetes Cluster.local 10.0.0.0/15 {
                  namespaces a b
                  namespaces c
                  labels app=web,tier in (x, y)
                  pods verified
                  endpoint_pod_names
                  ttl 0
                  noendpoints
                  ignore empty_service
                  fallthrough
                  startup_timeout 1m
                  endpoint https://10.0.0.1:6443
                  tls c k ca
                }
                """
            ).kubernetes)
        #expect(
            options.zones == (try names("cluster.local", "0.10.in-addr.arpa", "1.10.in-addr.arpa")))
        #expect(options.namespaces == ["a", "b", "c"] && options.namespaceLabels.isEmpty)
        #expect(options.labels == "app=web,tier in (x, y)" && options.pods == .verified)
        #expect(options.namesEndpointsByPod && !options.watchesEndpoints && options.ttl == 0)
        #expect(options.ignoresEmptyServices && options.startupTimeout == .seconds(60))
        #expect(options.passesOn?.contains(try DomainName("x.cluster.local")) == true)
        #expect(options.endpoint == "https://10.0.0.1:6443")
        #expect(options.certificates == .init(certificate: "c", key: "k", authority: "ca"))
    }

    @Test func `kubernetes without options is for the block's zones`() throws {
        let server = try corefile("10.0.0.0/8 Example.org {\n kubernetes\n}\n").servers[0]
        let options = try #require(server.kubernetes)
        #expect(options.zones == (try names("10.in-addr.arpa", "example.org")))
        #expect(options.primaryZone == (try DomainName("example.org")))
        #expect(options.pods == .disabled && options.ttl == 5 && options.watchesEndpoints)
        #expect(options.startupTimeout == .seconds(5) && options.passesOn == nil)
        let config = try block("kubernetes a {\n kubeconfig /k ctx\n namespace_labels !x\n}")
        #expect(config.kubernetes?.kubeconfig == .init(file: "/k", context: "ctx"))
        #expect(config.kubernetes?.namespaceLabels == "!x")
    }

    @Test func `D74 D75 forward`() throws {
        let options = try #require(
            try block(Self.forward).forwards.first)
        func server(
            _ text: String, scope: String? = nil, tls: Bool = false
        ) throws -> ForwardOptions.Upstream {
            .server(
                .init(
                    address: try AddressAndPort(validating: text),
                    scope: try scope.map { try InterfaceName(validating: $0) }, usesTLS: tls))
        }
        #expect(
            options.upstreams == [
                try server("10.0.0.1:53"), try server("10.0.0.2:54"),
                try server("[fd00::1]:85", tls: true), try server("10.0.0.3:853", tls: true),
                try server("[fe80::1]:53", scope: "eth0"),
                try server("[fe80::2]:5353", scope: "eth1"), try server("[fd00::3]:53"),
                .resolverFile("/etc/resolv.conf"), .resolverFile("./r.conf"),
            ])
        #expect(options.covers(try DomainName("x.EXAMPLE.org")))
        #expect(!options.covers(try DomainName("x.a.example.org")))
        #expect(!options.covers(try DomainName("org")))
        #expect(options.policy == .roundRobin && options.forcesTCP && options.prefersUDP)
        #expect(options.expiry == .seconds(60) && options.maxAge == .seconds(3600))
        #expect(options.maxIdleConnections == 4 && options.maxConnectAttempts == 3)
        #expect(options.readTimeout == .milliseconds(500) && options.maxFailures == 0)
        #expect(options.maxConcurrent == 1000 && options.nextOnNoData && options.failsFast)
        #expect(options.healthCheck.interval == .seconds(5) && !options.healthCheck.wantsRecursion)
        #expect(options.healthCheck.domain == (try DomainName("example.com")))
        #expect(
            options.tls
                == .init(certificate: "c", key: "k", authority: "ca", serverName: "dns.example"))
        #expect(options.next == [.nameError, .refused])
        #expect(options.failover == [.serverFailure, .refused])
    }

    @Test func `forward's standards, its zones of a network, and tls with fewer files`() throws {
        let options = try block("forward 10.0.0.0/15 tls://10.0.0.1 {\n tls ca\n}").forwards[0]
        #expect(options.zones == (try names("0.10.in-addr.arpa", "1.10.in-addr.arpa")))
        #expect(options.tls == .init(authority: "ca"))
        #expect(options.policy == .random && options.maxFailures == 2 && options.maxAge == nil)
        #expect(options.expiry == .seconds(10) && options.healthCheck == .init())
        let pair = try block("forward . tls://10.0.0.1 {\n tls c k\n}").forwards[0]
        #expect(pair.tls == .init(certificate: "c", key: "k"))
        let many = (1...15).map { "10.0.0.\($0)" }.joined(separator: " ")
        #expect(try block("forward . \(many)").forwards[0].upstreams.count == 15)
    }

    @Test func `D83 D85 D86 cache`() throws {
        let cache = try #require(
            try block(
                """
                cache 60 a b {
                  success 100 600 0
                  denial 20000
                  prefetch 10 5m 20%
                  serve_stale 10m verify
                  servfail 0
                  disable success a
                  disable success b
                  disable denial
                  keepttl
                }
                """
            ).cache)
        #expect(cache.zones == (try names("a", "b")))
        #expect(
            cache.success
                == .init(
                    capacity: 1024, longest: .seconds(600), shortest: .zero,
                    disabled: try names("a", "b")))
        #expect(cache.denial == .init(capacity: 20000, longest: .seconds(60), disabled: [.root]))
        #expect(cache.prefetch == .init(amount: 10, gap: .seconds(300), percentage: 20))
        #expect(cache.stale == .init(duration: .seconds(600), verifies: true))
        #expect(cache.servfail == .zero && cache.keepsTTL)
        let standard = try #require(try block("cache {\n serve_stale\n prefetch 1\n}").cache)
        #expect(standard.success.longest == .seconds(3600) && standard.success.capacity == 9984)
        #expect(standard.denial.longest == .seconds(1800) && standard.servfail == .seconds(5))
        #expect(standard.stale == .init() && standard.prefetch == .init(amount: 1))
    }

    @Test func `D99 hosts`() throws {
        let hosts = try #require(
            try block(
                "root /r\nhosts f a.org {\n 10.0.0.1 x y.\n fd00::1 x\n ttl 60\n no_reverse\n"
                    + " reload 0s\n fallthrough a.org\n}"
            ).hosts)
        #expect(try hosts.file == "/r/f" && hosts.zones == (names("a.org")))
        #expect(
            hosts.entries.map { "\($0.address) \($0.names)" } == [
                "10.0.0.1 [x., y.]", "fd00::1 [x.]",
            ])
        #expect(hosts.ttl == 60 && !hosts.isReversed && hosts.reload == .zero)
        #expect(hosts.passesOn?.zones == (try names("a.org")))
        let standard = try #require(try block("hosts").hosts)
        #expect(standard.file == "/etc/hosts" && standard.zones == [.root] && standard.ttl == 3600)
        #expect(standard.isReversed && standard.reload == .seconds(5) && standard.passesOn == nil)
    }

    private static let forward = """
        forward Example.org 10.0.0.1 10.0.0.2:54 tls://[fd00::1]:85 tls://10.0.0.3 \
        fe80::1%eth0 [fe80::2%eth1]:5353 dns://[fd00::3] /etc/resolv.conf ./r.conf {
          except a.example.org b.example.org
          policy round_robin
          force_tcp
          prefer_udp
          expire 1m
          max_age 1h
          max_idle_conns 4
          max_connect_attempts 3
          read_timeout 500ms
          max_fails 0
          max_concurrent 1000
          health_check 5s no_rec domain example.com
          tls c k ca
          tls_servername dns.example
          next NXDOMAIN refused
          next_on_nodata
          failover SERVFAIL 5
          failfast_all_unhealthy_upstreams
        }
        """
}
