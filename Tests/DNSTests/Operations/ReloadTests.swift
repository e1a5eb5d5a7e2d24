import Network
import Platform
import Support
import TestSupport
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct ReloadTests {
        /// Answers with this code: chaos tells blocks apart by their version.
        private static func text(_ version: String, _ more: String = "") -> String {
            ".:PORT {\nchaos \(version)\nprometheus 127.0.0.1:0\n\(more)\n}\n"
        }

        private func version(_ server: RunningServer) throws -> String? {
            let peer = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), server.port)
            let socket = try UDPSocket(connectedTo: peer)
            let query = Message.query(try DomainName("version.bind"), .txt, .chaos, id: 1)
            guard (try? socket.send(query.encoded().span)) == true,
                try socket.socket.descriptor.wait(for: .read, until: .now + .milliseconds(500))
            else { return nil }
            var buffer = [UInt8](repeating: 0, count: 512)
            var span = buffer.mutableSpan
            guard let received = try? socket.receive(into: &span) else { return nil }
            let reply = try Message(decoding: Array(buffer[..<received.length]))
            return reply.answers.first.map { String(decoding: $0.data.dropFirst(), as: UTF8.self) }
        }

        private func waitFor(_ wanted: String, _ server: RunningServer) throws -> Bool {
            try eventually { try version(server) == wanted }
        }

        @Test func `a changed file is taken up at a request`() throws {
            try withServer(Self.text("one")) { server throws in
                #expect(try waitFor("one", server))
                #expect(eventually { server.endpoints.address(of: .metrics) != nil })
                let listener = server.endpoints.address(of: .metrics)
                let before = try server.get("/metrics", .metrics)?.body.versionLine
                try server.rewrite(Self.text("two"))
                server.control.reload()
                #expect(try waitFor("two", server))
                #expect(server.endpoints.address(of: .metrics) == listener)
                let after = try server.get("/metrics", .metrics)?.body.versionLine
                #expect(before != nil && after != nil && before != after)
                #expect(server.reloads.failures == 0)
            }
        }

        @Test func `who waits for an upstream's answer gets it after a reload, too`() throws {
            let upstream = try FakeUpstream { asked in
                var reply = asked.message
                reply.flags.insert(.response)
                return [.later(.milliseconds(300), reply.encoded())]
            }
            try withServer(Self.text("one", "forward . \(upstream.address)")) { server throws in
                #expect(try waitFor("one", server))
                try server.rewrite(Self.text("two"))
                let reloading = try Thread {
                    _ = eventually { !upstream.questions.isEmpty }
                    server.control.reload()
                }
                #expect(try server.ask("www.example.com")?.responseCode == .noError)
                reloading.join()
                #expect(try waitFor("two", server))
                #expect(try server.ask("www.example.com")?.responseCode == .refused)
            }
        }

        @Test func `what is cached is kept while it is asked of the same`() throws {
            let upstreams = [
                try FakeUpstream { _ in [.reply] }, try FakeUpstream { _ in [.reply] },
            ]
            func text(_ version: String, _ upstream: Int, _ more: String = "") -> String {
                Self.text(
                    version, "cache 30 {\n\(more)\n}\nforward . \(upstreams[upstream].address)")
            }
            func pass(_ server: RunningServer, to version: String, _ text: String) throws {
                try server.rewrite(text)
                server.control.reload()
                #expect(try waitFor(version, server))
                for _ in 0..<3 {
                    #expect(try server.ask("www.example.com")?.responseCode == .noError)
                }
            }
            try withServer(text("one", 0)) { server throws in
                #expect(try waitFor("one", server))
                #expect(try server.ask("www.example.com") != nil)
                try pass(server, to: "two", text("two", 0))
                #expect(upstreams[0].questions.count == 1)
                try pass(server, to: "three", text("three", 1))
                #expect(upstreams[1].questions.count == 1)
                try pass(server, to: "four", text("four", 1, "denial 2000"))
                #expect(upstreams[1].questions.count == 2)
                #expect(upstreams[0].questions.count == 1)
            }
        }

        @Test func `D97 with the directive a file is looked at again and again`() throws {
            try withServer(Self.text("one", "reload 2s 0s")) { server throws in
                #expect(try waitFor("one", server))
                try server.rewrite(Self.text("two", "reload 2s 0s"))
                #expect(try waitFor("two", server))
            }
        }

        @Test
        func `D97 a mistake is told once with its place, and what was in force stays`() throws {
            try withServer(Self.text("one", "reload 2s 0s")) { server throws in
                #expect(try waitFor("one", server))
                try server.rewrite(Self.text("two", "cahce"))
                server.control.reload()
                #expect(eventually { server.reloads.failures == 1 })
                // The next look, which finds the same.
                sleep(for: .milliseconds(2300))
                #expect(try version(server) == "one")
                #expect(server.reloads.failures == 1)
                #expect(server.lines.count(of: "Corefile:4: unknown directive") == 1)
                #expect(server.lines.count(of: "write cache") == 1)
                let metrics = try server.get("/metrics", .metrics)?.body
                #expect(metrics?.contains("coredns_reload_failed_total 1\n") == true)
                try server.rewrite(Self.text("three"))
                #expect(try waitFor("three", server))
            }
        }

        @Test func `a configuration waits for a zone's file that is bad, which is told once`()
            throws
        {
            try withTemporaryDirectory { directory throws in
                func write(_ text: String, to name: String) throws {
                    try File.replace("\(directory)/\(name)", with: text.utf8.span, durably: false)
                }
                let surroundings = Surroundings(
                    addresses: { _ in [] }, families: [.v4], hostname: "h", version: "1")
                var loader = PlanLoader("\(directory)/Corefile", surroundings)
                let good = "@ 60 SOA ns hostmaster 7 3600 600 86400 30\n"
                try write(".:53 {\nfile \(directory)/zone z.test\n}\n", to: "Corefile")
                try write(good, to: "zone")
                let hash = try loader.load().hash
                // Not the configuration has changed.
                try write(good + "a A 192.0.2.1\n", to: "zone")
                #expect(try loader.loadIfChanged()?.hash == nil)
                try write("bad", to: "zone")
                #expect(try loader.loadIfChanged()?.hash == nil)
                try write(".:53 {\nfile \(directory)/zone z.test\nany\n}\n", to: "Corefile")
                #expect(throws: DNSError.self) { try loader.loadIfChanged() }
                #expect(try loader.loadIfChanged()?.hash == nil)
                try write(good, to: "zone")
                let loaded = try #require(try loader.loadIfChanged())
                #expect(loaded.hash != hash && loaded.plan.blocks[0].files?.zones.count == 1)
                #expect(try loader.loadIfChanged()?.hash == nil)
            }
        }

        @Test func `what cannot be had leaves everything as it was`() throws {
            let loop = try StatusLoop()
            let taken = try loop.listen(on: AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 0)) {
                _ in
                Response("other")
            }
            try withServer(Self.text("one")) { server throws in
                #expect(try waitFor("one", server))
                try server.rewrite(Self.text("two", "health \(taken.address)"))
                server.control.reload()
                #expect(eventually { server.reloads.failures == 1 })
                #expect(try version(server) == "one")
                #expect(try server.get("/metrics", .metrics)?.code == 200)
                #expect(server.lines.count(of: "\(taken.address)") == 1)
            }
        }

        @Test
        func `D97 an imported file and the servers of a resolv.conf are looked at, too`() throws {
            try withTemporaryDirectory { directory in
                func write(_ name: String, _ text: String) throws {
                    try File.replace("\(directory)/\(name)", with: text.utf8.span, durably: false)
                }
                try write("part", "chaos one\n")
                try write("resolv.conf", "nameserver 127.0.0.7\n")
                let text = ".:PORT {\nimport part\nforward . \(directory)/resolv.conf\n}\n"
                let server = try RunningServer(text, in: directory)
                defer {
                    server.control.end()
                    server.waitForEnd()
                }
                #expect(try waitFor("one", server))
                try write("part", "chaos two\n")
                server.control.reload()
                #expect(try waitFor("two", server))
                // The port of servers in such a file is 53: what counts is that the file was read.
                try write("resolv.conf", "# nobody\n")
                server.control.reload()
                #expect(eventually { server.reloads.failures == 1 })
                #expect(eventually { server.lines.count(of: "no nameserver is named") == 1 })
                try write("resolv.conf", "nameserver 127.0.0.9\nnameserver 127.0.0.8\n")
                server.control.reload()
                #expect(eventually { server.lines.count(of: "the configuration has changed") == 2 })
            }
        }

        @Test func `D97 no question is lost while the configuration changes`() throws {
            try withServer(Self.text("one")) { server throws in
                #expect(try waitFor("one", server))
                for round in 0..<20 {
                    try server.rewrite(Self.text("v\(round)"))
                    server.control.reload()
                    for _ in 0..<20 { #expect(try server.ask("a.example") != nil) }
                }
                #expect(try waitFor("v19", server))
            }
        }

        @Test func `D97 servers that were started together do not look together`() throws {
            let options = try #require(try block("reload 30s 10s").reload)
            #expect(options.next(chance: -1) == .seconds(20))
            #expect(options.next(chance: 0) == .seconds(30))
            #expect(options.next(chance: 1) == .seconds(40))
        }

        @Test func `a port given elsewhere is that of keys without one`() throws {
            let text = Array(". tls://example.org example.com:99 {\ntls a b\n}\n".utf8)
            let keys = try Corefile.parse(text, file: "Corefile", port: 5353).servers[0].keys
            #expect(keys.map(\.port) == [5353, 853, 99])
        }
    }
}

extension String {
    fileprivate var versionLine: Substring? {
        split(separator: "\n").first { $0.hasPrefix("coredns_reload_version_info{") }
    }
}
