import Kubernetes
import Network
import Platform
import Support
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct EndpointTests {
        private static let status = """
            .:PORT {
                health 127.0.0.1:0 {
                    lameduck 700ms
                }
                ready 127.0.0.1:0
                prometheus 127.0.0.1:0
            }
            """

        @Test func `D93 D94 D95 health, readiness and metrics are answered`() throws {
            try withServer(Self.status) { server throws in
                #expect(try server.askFirst("a.example") != nil)
                let health = try server.get("/health", .health)
                #expect(health?.code == 200 && health?.body == "OK")
                let ready = try server.get("/ready", .readiness(continuously: false))
                #expect(ready?.code == 200 && ready?.body == "OK")
                let metrics = try server.get("/metrics", .metrics)
                #expect(metrics?.code == 200)
                #expect(metrics?.body.contains("coredns_build_info{") == true)
                #expect(try server.get("/nothing", .health)?.code == 404)
            }
        }

        @Test func `what is asked of a part is not answered where only others are`() throws {
            let ports = try (0..<2).map { _ in try freePort() }
            let text = """
                .:PORT {
                    health 127.0.0.1:\(ports[0])
                    ready 127.0.0.1:\(ports[1])
                }
                """
            try withServer(text) { server throws in
                #expect(try server.askFirst("a.example") != nil)
                #expect(try server.get("/ready", .health)?.code == 404)
                #expect(try server.get("/health", .readiness(continuously: false))?.code == 404)
            }
        }

        @Test
        func `D52 D53 D94 a server is not ready before it knows all names, and then stays so`()
            throws
        {
            var writer = StoreWriter()
            let text = """
                .:PORT {
                    kubernetes cluster.local
                    ready 127.0.0.1:0
                }
                """
            try withServer(text, store: writer.store) { server throws in
                #expect(
                    try server.askFirst("a.b.svc.cluster.local")?.responseCode == .serverFailure)
                let early = try server.get("/ready?verbose", .readiness(continuously: false))
                #expect(early?.code == 503)
                #expect(early?.body.hasPrefix("kubernetes\n") == true)
                #expect(early?.body.contains("kubernetes Service: not synced\n") == true)
                #expect(server.lines.count(of: "msg=ready") == 0)
                writer.commitNothing()
                #expect(
                    try eventually {
                        try server.get("/ready", .readiness(continuously: false))?.code == 200
                    })
                #expect(try server.ask("a.b.svc.cluster.local")?.responseCode == .nameError)
                #expect(eventually { server.lines.count(of: "msg=ready") == 1 })
            }
        }

        @Test
        func `D93 questions are answered for the time of lameduck, and readiness ends at once`()
            throws
        {
            try withServer(Self.status) { server throws in
                #expect(try server.askFirst("a.example") != nil)
                let start = MonotonicTime.now
                server.control.end()
                #expect(
                    try eventually {
                        try server.get("/ready", .readiness(continuously: false))?.code == 503
                    })
                #expect(try server.get("/health", .health)?.code == 200)
                #expect(try server.ask("a.example") != nil)
                #expect(MonotonicTime.now - start < .milliseconds(700))
                #expect(
                    try eventually { try server.ask("a.example", within: .milliseconds(50)) == nil }
                )
                #expect(MonotonicTime.now - start >= .milliseconds(700))
            }
        }

        @Test func `a second request ends lameduck at once`() throws {
            let text = ".:PORT {\nhealth 127.0.0.1:0 {\nlameduck 1h\n}\n}\n"
            try withServer(text) { server throws in
                #expect(try server.askFirst("a.example") != nil)
                server.control.end()
                #expect(eventually { server.lines.count(of: "msg=ending") == 1 })
                #expect(try server.ask("a.example") != nil)
                server.control.end()
                #expect(
                    try eventually { try server.ask("a.example", within: .milliseconds(50)) == nil }
                )
            }
        }
    }
}

extension OperationTests {
    @Suite struct ReadyPartsTests {
        private final class Thing {}

        @Test func `D94 a part that was ready once is believed unless it is asked again`() {
            let (first, second) = (Thing(), Thing())
            var parts = ReadyParts()
            func part(_ thing: Thing, _ isReady: Bool) -> ReadyParts.Part {
                .init(id: ObjectIdentifier(thing), name: "kubernetes", isReady: isReady)
            }
            #expect(parts.unready([part(first, false)], continuously: false) == ["kubernetes"])
            #expect(parts.unready([part(first, true)], continuously: false) == [])
            #expect(parts.unready([part(first, false)], continuously: false) == [])
            #expect(parts.unready([part(first, false)], continuously: true) == ["kubernetes"])
            // Another part in its place has to show that it is ready.
            #expect(parts.unready([part(second, false)], continuously: false) == ["kubernetes"])
            withExtendedLifetime((first, second)) {}
        }
    }
}

extension StoreWriter {
    /// Says that there are no objects at all.
    mutating func commitNothing() {
        commit(beginReplacement(of: Service.self))
        commit(beginReplacement(of: EndpointSlice.self))
        commit(beginReplacement(of: Namespace.self))
        commit(beginReplacement(of: Pod.self))
        publish()
    }
}
