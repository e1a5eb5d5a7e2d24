import Kubernetes
import Network
import Platform
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct LoopTests {
        @Test
        func `D89 a server that forwards to itself says so, and answers what it knows`() throws {
            var writer = StoreWriter()
            writer.commitNothing()
            let text = """
                .:PORT {
                    kubernetes cluster.local
                    forward . 127.0.0.1:PORT
                    loop
                    ready 127.0.0.1:0
                    prometheus 127.0.0.1:0
                }
                """
            try withServer(text, store: writer.store) { server throws in
                let port = server.port
                #expect(eventually { server.lines.count(of: "what is forwarded comes back") == 1 })
                #expect(server.lines.count(of: "127.0.0.1:\(port)") >= 1)
                let reply = try server.ask("www.example.com")
                #expect(reply?.responseCode == .serverFailure)
                #expect(reply?.edns?.options.contains { $0.code == .extendedError } == true)
                #expect(
                    try server.ask("a.b.svc.cluster.local")?.responseCode == .nameError)
                let metrics = try server.get("/metrics", .metrics)?.body ?? ""
                #expect(
                    metrics.contains(
                        "weft_dns_forward_loops{pool=\"0\",to=\"127.0.0.1:\(port)\"} 1\n"))
                let ready = try server.get("/ready?verbose", .readiness(continuously: false))
                #expect(ready?.code == 200)
                #expect(ready?.body.contains("leads back to this server") == true)
            }
        }

        @Test func `D89 a loop that ends is noticed, and nothing needs a new start`() throws {
            let (loops, hasEnded) = (LoopWatch(), Flag())
            let upstream = try FakeUpstream { asked in
                if let question = asked.message.questions.first, !hasEnded.isSet {
                    // As if it had come back to us.
                    var name = QuestionName()
                    name.assign(question.name)
                    loops.see(name, question.type)
                }
                return [.reply]
            }
            let resolver = try Resolver(
                [ForwardSettings([.init(upstream.address)])], caches: [], loops: loops)
            let reports = RunningServer.Lines()
            let target = LoopProber.Target(pool: 0, zone: .root, upstreams: [upstream.address])
            let prober = LoopProber(resolver, loops, [target]) { report in
                switch report {
                case .looping: reports.add(["looping"])
                case .loopEnded: reports.add(["ended"])
                default: reports.add(["other"])
                }
            }
            // One that did not lead back is left alone.
            prober.probe(onlyLooping: true)
            prober.probe(onlyLooping: false)
            #expect(eventually { reports.all == ["looping"] })
            #expect(loops.isLooping(0))
            prober.probe(onlyLooping: true)
            #expect(eventually { upstream.questions.count == 2 })
            hasEnded.set()
            prober.probe(onlyLooping: true)
            #expect(eventually { reports.all == ["looping", "ended"] })
            #expect(!loops.isLooping(0))
        }

        @Test func `D89 names that are looked for are chance`() throws {
            let upstream = try FakeUpstream { _ in [.reply] }
            let resolver = try Resolver(
                [ForwardSettings([.init(upstream.address)])], caches: [], loops: LoopWatch())
            let zone = try DomainName("example.org")
            let target = LoopProber.Target(pool: 0, zone: zone, upstreams: [upstream.address])
            let prober = LoopProber(resolver, LoopWatch(), [target]) { _ in }
            for _ in 0..<20 { prober.probe(onlyLooping: false) }
            #expect(eventually { upstream.questions.count >= 20 })
            let questions = upstream.questions.compactMap(\.message.questions.first)
            #expect(questions.allSatisfy { $0.type == .hinfo && $0.name.isWithin(zone) })
            #expect(Set(questions.map(\.name)).count == 20)
        }
    }
}
