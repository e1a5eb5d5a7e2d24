import Kubernetes
import Network
import Platform
import Support
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct MetricTests {
        /// The samples of a text, by their names with labels.
        private func samples(_ text: String) -> [String: Double] {
            var samples: [String: Double] = [:]
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                guard let space = line.lastIndex(of: " ") else { continue }
                let name = String(line[..<space])
                #expect(samples[name] == nil, "twice: \(name)")
                samples[name] = Double(line[line.index(after: space)...])
            }
            return samples
        }

        @Test func `D95 questions are counted under CoreDNS's names`() throws {
            var writer = StoreWriter()
            writer.commitNothing()
            let upstream = try FakeUpstream { _ in [.reply] }
            let text = """
                cluster.local:PORT {
                    kubernetes cluster.local
                }
                .:PORT {
                    forward . \(upstream.address)
                    cache
                    prometheus 127.0.0.1:0
                }
                """
            try withServer(text, store: writer.store) { server throws in
                #expect(
                    try eventually {
                        try server.ask("a.b.svc.cluster.local")?.responseCode == .nameError
                    })
                for _ in 0..<3 { #expect(try server.ask("www.example.com") != nil) }
                #expect(try server.ask("www.example.com", RecordType(rawValue: 9999)) != nil)
                #expect(try eventually { try missing(server, upstream.address).isEmpty })
                #expect(try missing(server, upstream.address) == [])
            }
        }

        /// What is expected after these questions and not there.
        private func missing(
            _ server: RunningServer, _ upstream: AddressAndPort
        ) throws -> [String] {
            let all = samples(try server.get("/metrics", .metrics)?.body ?? "")
            let name = "server=\"dns://:\(server.port)\""
            let place = "\(name),zone=\".\",view=\"\""
            let zones = "\(name),zones=\".\",view=\"\""
            let zone = "\(name),zone=\"cluster.local.\",view=\"\""
            let to = "proxy_name=\"forward\",to=\"\(upstream)\",rcode=\"NOERROR\""
            let expected: KeyValuePairs = [
                "dns_requests_total{\(place),proto=\"udp\",family=\"1\",type=\"A\"}": 3.0,
                "dns_requests_total{\(place),proto=\"udp\",family=\"1\",type=\"other\"}": 1,
                "dns_responses_total{\(place),rcode=\"NOERROR\",plugin=\"cache\"}": 2,
                "dns_responses_total{\(place),rcode=\"NOERROR\",plugin=\"forward\"}": 2,
                "dns_request_duration_seconds_count{\(place)}": 4,
                "dns_request_size_bytes_count{\(place),proto=\"udp\"}": 4,
                "dns_response_size_bytes_count{\(place),proto=\"udp\"}": 4,
                "cache_requests_total{\(zones)}": 4,
                "cache_misses_total{\(zones)}": 2,
                "proxy_request_duration_seconds_count{\(to)}": 2,
                "dns_responses_total{\(zone),rcode=\"NXDOMAIN\",plugin=\"kubernetes\"}": 1,
                "plugin_enabled{\(zone),name=\"kubernetes\"}": 1,
                "panics_total": 0,
            ]
            let lacking = expected.filter { all["coredns_\($0.key)"] != $0.value }.map(\.key)
            let ours = ["weft_dns_synced{kind=\"Service\"}", "weft_dns_ready"]
            return lacking + ours.filter { all[$0] != 1 }
        }

        @Test
        func `D95 D99 files are served, read again and counted under CoreDNS's names`() throws {
            let text = """
                .:PORT {
                    root DIRECTORY
                    hosts hosts {
                        192.0.2.3 third.example
                        reload 20ms
                        fallthrough
                    }
                    file zone z.test {
                        reload 0s
                    }
                    prometheus 127.0.0.1:0
                }
                """
            let zone = "@ 60 SOA ns hostmaster 7 3600 600 86400 30\nwww A 192.0.2.1\n"
            let files = ["hosts": "192.0.2.2 a.example b.example\n", "zone": zone]
            try withServer(text, files: files) { server throws in
                #expect(try server.askFirst("a.example")?.answerTexts == ["a.example. A 192.0.2.2"])
                #expect(try server.ask("www.z.test")?.answerTexts == ["www.z.test. A 192.0.2.1"])
                var all = samples(try server.get("/metrics", .metrics)?.body ?? "")
                #expect(all["coredns_hosts_entries"] == 6)
                let modified = all["coredns_hosts_reload_timestamp_seconds"] ?? 0
                #expect(abs(Double(WallTime.now.nanoseconds) / 1e9 - modified) < 60)
                let place = "server=\"dns://:\(server.port)\",zone=\".\",view=\"\""
                for plugin in ["hosts", "file"] {
                    let labels = "\(place),rcode=\"NOERROR\",plugin=\"\(plugin)\""
                    #expect(all["coredns_dns_responses_total{\(labels)}"] ?? 0 > 0)
                }
                try server.write("192.0.2.9 a.example\n", to: "hosts")
                #expect(
                    try eventually {
                        try server.ask("a.example")?.answerTexts == ["a.example. A 192.0.2.9"]
                    })
                all = samples(try server.get("/metrics", .metrics)?.body ?? "")
                #expect(all["coredns_hosts_entries"] == 4)
                try server.write(zone + "new A 192.0.2.8\n", to: "zone")
                server.control.reload()
                #expect(
                    try eventually {
                        try server.ask("new.z.test")?.answerTexts == ["new.z.test. A 192.0.2.8"]
                    })
                #expect(eventually { server.lines.count(of: "the configuration is the same") == 1 })
            }
        }

        @Test func `counts of a zone survive a change of the configuration`() throws {
            let text = ".:PORT {\nchaos\nprometheus 127.0.0.1:0\n}\n"
            try withServer(text) { server throws in
                #expect(try server.askFirst("localhost") != nil)
                func total() throws -> Double {
                    let body = try server.get("/metrics", .metrics)?.body ?? ""
                    return samples(body).filter { $0.key.hasPrefix("coredns_dns_requests_total") }
                        .reduce(0) { $0 + $1.value }
                }
                // The first question may have been sent more than once.
                sleep(for: .milliseconds(50))
                let before = try total()
                #expect(before >= 1)
                try server.rewrite("example.org:PORT {\nchaos\n}\n" + text)
                server.control.reload()
                #expect(eventually { server.lines.count(of: "has changed") == 1 })
                #expect(try server.ask("localhost") != nil)
                #expect(try eventually { try total() == before + 1 })
            }
        }

        @Test func `whatever is asked, the number of series has a limit`() throws {
            let book = AnswerBook()
            let point = ListeningPoint(AddressAndPort(.v4(.unspecified), 53))
            let counts = book.counts(at: point, threads: 1)[0]
            let client = Client(.v4(IPv4Address(192, 0, 2, 1)), .udp)
            for number in 0..<100 {
                let place = book.place(of: try DomainName("z\(number).example"))
                for type in UInt16(0)...300 {
                    var query = Query()
                    query.type = RecordType(rawValue: type)
                    counts.countQuestion(place, query, client, size: 40)
                    counts.countReply(
                        place, .cache, ResponseCode(rawValue: type), .udp, size: 40)
                }
            }
            let families = QuestionFamilies(book.entries).all
            #expect(Set(book.entries.map(\.zone)).count == CountPlace.zones - 1)
            let requests = families.first { $0.name == "coredns_dns_requests_total" }
            #expect(requests?.samples.count == (CountPlace.zones - 1) * CountedType.names.count)
            var sum = 0.0
            for sample in requests?.samples ?? [] {
                if case .number(let value) = sample.value { sum += value }
            }
            #expect(sum == 30100)
        }

        @Test func `D95 every type with a label of its own has that of its name`() {
            for name in CountedType.names.dropLast() {
                let type = RecordType(name)
                #expect(type.map { CountedType.names[CountedType.index($0)] } == name)
            }
            #expect(CountedType.index(RecordType(rawValue: 65280)) == CountedType.names.count - 1)
        }

        @Test func `D95 sizes and durations are below their bounds, and above those before`() {
            for size in 0...70000 {
                let index = CountedSize.index(size)
                let expected =
                    CountedSize.bounds.firstIndex { Double(size) <= $0 } ?? CountedSize.bounds.count
                #expect(index == expected, "\(size)")
            }
            let bounds = (0..<CountPlace.durationBounds).map { CountedDuration.shortest << $0 }
            for (place, bound) in bounds.enumerated() {
                #expect(CountedDuration.index(bound) == place)
                #expect(CountedDuration.index(bound + 1) == place + 1)
            }
            #expect(CountedDuration.index(0) == 0)
            #expect(CountedDuration.index(.max) == CountPlace.durationBounds)
        }

        @Test func `places of counts do not overlap`() {
            #expect(CountPlace.sources == AnswerSource.allCases.count)
            #expect(CountPlace.cacheUseCells == CacheUse.allCases.count)
            #expect(CountPlace.limited + LimitedUse.allCases.count <= CountPlace.stride)
            #expect(CountedSize.bounds.count + 2 == CountPlace.sizeCells)
        }
    }
}
