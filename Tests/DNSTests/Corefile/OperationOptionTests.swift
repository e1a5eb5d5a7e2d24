import Network
import Testing

@testable import DNS

@Suite struct `Directives for operation` {
    @Test func `D96 log`() throws {
        let rules = try block(
            "log\nlog a. b \"{remote} {>id}! {/x/y}\" {\n class denial error\n}\nlog c {combined}"
        ).log
        #expect(rules.map(\.zone) == [.root] + (try names("a", "b", "c")))
        #expect(rules.map(\.classes) == [.all, [.denial, .error], [.denial, .error], .all])
        #expect(rules[0].format == .common && rules[3].format == .combined)
        #expect(rules[1].format.parts == [.field(.remote), .text(" "), .field(.id), .text("! -")])
        #expect(LogFormat.common.parts.count == 27)
        #expect(LogFormat.combined.parts.suffix(2) == [.text(" "), .field(.opcode)])
    }

    @Test func `acl`() throws {
        let rules = try block(
            """
            acl a.org {
              allow net 10.0.0.1 fd00::/8
              BLOCK type A AAAA net 10.0.0.0/8
              filter type * net *
              drop
            }
            acl {
              allow type TYPE65
            }
            """
        ).accessRules
        #expect(rules.map(\.zones) == [try names("a.org"), [.root]])
        let policies = rules[0].policies
        #expect(policies.map(\.action) == [.allow, .block, .filter, .drop])
        #expect(policies.map(\.types) == [[], [.a, .aaaa], [], []])
        #expect(
            policies.map { $0.networks.map(\.description) } == [
                ["10.0.0.1/32", "fd00::/8"], ["10.0.0.0/8"], [], [],
            ])
        #expect(rules[1].policies[0].types == [.https])
    }

    @Test func `ratelimit`() throws {
        let plain = try block("ratelimit 500").rateLimit
        #expect(plain == RateLimitOptions(rate: 500))
        let options = try block(
            """
            ratelimit 500 {
              burst 2000
              slip 0
              ipv6_prefix 64
              except 10.0.0.1 fd00::/8
              except 192.168.0.0/16
            }
            """
        ).rateLimit
        #expect(options?.burst == 2000 && options?.slip == 0 && options?.prefixLength == 64)
        #expect(
            options?.exceptions.map(\.description)
                == ["10.0.0.1/32", "fd00::/8", "192.168.0.0/16"])
        #expect(plain?.burst == 500 && plain?.slip == 2 && plain?.prefixLength == 128)
    }

    @Test func `ratelimit counts for all blocks at an address, and says one thing`() throws {
        func plan(_ first: String, _ second: String) throws -> ServerPlan {
            try ServerPlan(corefile("a {\n\(first)\n}\nb {\n\(second)\n}\n"), .test)
        }
        for (first, second) in [
            ("", "ratelimit 9"), ("ratelimit 9", ""), ("ratelimit 9", "ratelimit 9"),
        ] {
            let plan = try plan(first, second)
            let point = try #require(plan.points.keys.first)
            #expect(plan.rateLimit(at: point)?.rate == 9)
        }
        let error = #expect(throws: DNSError.self) { try plan("ratelimit 9", "ratelimit 8") }
        #expect(error.map { "\($0)" }?.contains("have different limits") == true)
        #expect(
            try plan("", "").points.keys.allSatisfy { try plan("", "").rateLimit(at: $0) == nil })
    }

    @Test func `D93 D94 D95 D97 health, ready, prometheus, reload and errors`() throws {
        let server = try block(
            """
            health 127.0.0.1:1 {
              lameduck 3s
            }
            """
                + "\nready [::1]:2 {\n monitor continuously\n}\nprometheus\nreload 10s 1s\n"
                + "errors stdout {\n stacktrace\n consolidate 30s \"^x .*$\" warning show_first\n}")
        #expect(server.health?.listener == ListenerAddress(IPAddress("127.0.0.1"), 1))
        #expect(server.health?.lameduck == .seconds(3))
        #expect(server.ready?.listener == ListenerAddress(IPAddress("::1"), 2))
        #expect(server.ready?.isContinuous == true)
        #expect(server.prometheus?.listener == ListenerAddress(IPAddress("127.0.0.1"), 9153))
        #expect(
            try block("prometheus localhost:9").prometheus?.listener.description == "127.0.0.1:9")
        #expect(server.reload?.interval == .seconds(10) && server.reload?.jitter == .seconds(1))
        #expect(try block("reload 10s").reload?.jitter == .seconds(5))
        let errors = try #require(server.errors?.consolidations.first)
        #expect(errors.period == .seconds(30) && errors.pattern.text == "^x .*$")
        #expect(errors.level == .warning && errors.showsFirst)
    }

    @Test
    func `D98 D100 bind, bufsize, chaos, nsid, multisocket, timeouts and those without values`()
        throws
    {
        let server = try block(
            """
            bind 10.0.0.1 eth0 {
              except fd00::1 lo
            }
            bind ::1
            bufsize
            chaos v1 b a b
            nsid a b
            multisocket 4
            timeouts {
              read 1
              idle 1m
            }
            any
            local
            loop
            minimal
            loadbalance round_robin
            metadata
            """)
        #expect(server.binds.map(\.targets.count) == [2, 1])
        #expect(server.binds[0].exceptions.count == 2)
        #expect(server.bufferSize == 1232 && server.nsid?.text == "a b")
        #expect(server.chaos?.version == "v1" && server.chaos?.authors == ["a", "b"])
        #expect(server.sockets == .fixed(4))
        #expect(try block("multisocket").sockets == .onePerCPU)
        #expect(server.timeouts?.read == .seconds(1) && server.timeouts?.idle == .seconds(60))
        #expect(server.timeouts?.write == .seconds(5))
        #expect(server.answersAnyShortly && server.answersLocalhost && server.detectsLoops)
        #expect(server.isMinimal && server.shufflesAddresses && server.hasMetadata)
        #expect(try block("bufsize 4096").bufferSize == 4096)
    }

    @Test func `file, transfer, tls and autopath`() throws {
        let server = try block(
            """
            file db.a a.org {
              reload 0
              fallthrough
              upstream
            }
            file /db.b
            transfer a.org {
              to 10.0.0.1 10.0.0.2:54
              to *
            }
            autopath a.org @kubernetes
            kubernetes b {
              pods verified
            }
            """)
        #expect(server.files.map(\.file) == ["db.a", "/db.b"])
        #expect(server.files.map(\.zones) == [try names("a.org"), [.root]])
        #expect(server.files.map(\.reload) == [.zero, .seconds(60)])
        #expect(server.files[0].passesOn != nil && server.files[1].passesOn == nil)
        #expect(
            server.transfers[0].clients == [
                .server(try AddressAndPort(validating: "10.0.0.1:53")),
                .server(try AddressAndPort(validating: "10.0.0.2:54")), .anyone,
            ])
        #expect(server.autopath?.source == .kubernetes)
        #expect(try block("autopath /r").autopath?.source == .resolverFile("/r"))
        let tls = try corefile(
            "tls://a {\n root /r\n tls c k /ca {\n  client_auth require_and_verify\n }\n}\n"
        ).servers[0].tls
        #expect(tls?.certificate == "/r/c" && tls?.key == "/r/k" && tls?.authority == "/ca")
        #expect(tls?.clientAuthentication == .requireAndVerify)
    }
}
