import Network
import Platform
import Support
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct QueryLogTests {
        private func record(_ name: String, _ type: RecordType = .a) throws -> QueryRecord {
            let message = Message.query(try DomainName(name), type, id: 4711)
            let octets = message.encoded()
            var (query, read) = (Query(), QuestionName())
            #expect(query.read(octets.span, name: &read) == .question)
            var reply = Message.query(try DomainName(name), type, id: 4711)
            reply.flags = [.response, .authoritative, .recursionDesired]
            reply.answers = [Record(try DomainName(name), .a, ttl: 5, data: [192, 0, 2, 1])]
            let written = reply.encoded()
            let client = Client(.v4(IPv4Address(192, 0, 2, 7)), .udp, port: 4000)
            return QueryRecord(
                query, read, size: octets.count, from: client, .noError, written.span,
                after: .microseconds(1234), format: 0)
        }

        @Test func `D96 a line reads as CoreDNS writes it`() throws {
            let line = QueryLine(record: try record("www.example.com"), local: nil)
            #expect(
                line.text(.common)
                    == "192.0.2.7:4000 - 4711 \"A IN www.example.com. udp 33 false 512\" "
                    + "NOERROR qr,aa,rd 49 0.001234000s")
            #expect(line.text(.combined).hasSuffix(" 0.001234000s 0"))
        }

        @Test func `what a name holds cannot end a line or the quotes around it`() throws {
            let name = "a\\010b\\\"c\\027"
            let line = QueryLine(record: try record(name), local: nil).text(.common)
            #expect(line.contains("A IN a\\010b\\\"c\\027. udp"))
            #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
        }

        @Test func `what finds no room is lost and counted, and nobody waits`() throws {
            let ring = QueryRing(sample: 1, local: nil) {}
            let record = try record("a.example")
            for _ in 0..<QueryRing.capacity + 7 { ring.add(record, .all) }
            #expect(ring.lostRecords == 7)
            var taken: [QueryRecord] = []
            ring.take(into: &taken)
            #expect(taken.count == QueryRing.capacity)
            ring.add(record, .all)
            ring.take(into: &taken)
            #expect(taken.count == 1)
            #expect(ring.lostRecords == 7)
        }

        @Test func `one of so many has a line`() throws {
            let ring = QueryRing(sample: 10, local: nil) {}
            let record = try record("a.example")
            for _ in 0..<100 { ring.add(record, .all) }
            var taken: [QueryRecord] = []
            ring.take(into: &taken)
            #expect(taken.count == 10)
        }

        /// The rule, and of `chaos.example`, `localhost` and `other.example` who has lines.
        static let rules: [(String, [String])] = [
            ("log", ["localhost.", "a.example."]),
            ("log . {\nclass success\n}", ["localhost."]),
            ("log . {\nclass error\n}", ["a.example."]),
            ("log . {\nclass denial\n}", []),
            ("log example", ["a.example."]),
            ("log example {\nclass success\n}\nlog", ["localhost."]),
        ]

        @Test(arguments: rules)
        func `D96 lines are of the names and classes that were asked for`(
            rule: String, names: [String]
        ) throws {
            let upstream = try FakeUpstream { _ in [.reply { $0.refuse() }] }
            let text = ".:PORT {\n\(rule)\nforward . \(upstream.address)\n}\n"
            try withServer(text) { server throws in
                #expect(try server.askFirst("localhost")?.responseCode == .noError)
                #expect(try server.ask("a.example")?.responseCode == .refused)
                #expect(eventually { server.queries.all.count >= names.count })
                // A line that is not to come would have come with those that are.
                sleep(for: .milliseconds(50))
                let seen = Set(
                    server.queries.all.compactMap { line in
                        line.split(separator: " ").dropFirst(5).first.map(String.init)
                    })
                #expect(seen == Set(names), "\(server.queries.all)")
            }
        }
    }
}

extension Message {
    fileprivate mutating func refuse() {
        answers = []
        flags.insert(HeaderFlags(rawValue: ResponseCode.refused.rawValue))
    }
}

extension OperationTests {
    @Suite struct ErrorDigestTests {
        private func digest(_ lines: String) throws -> ErrorDigest {
            ErrorDigest(try #require(try block("errors {\n\(lines)\n}").errors).consolidations)
        }

        private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

        @Test func `D96 errors of a kind make one line in each period`() throws {
            var digest = try digest("consolidate 5m \".* i/o timeout$\" warning")
            for _ in 0..<100 {
                #expect(digest.take("a.example. A: i/o timeout", at: start) == [])
            }
            let other = digest.take("b.example. A: connection refused", at: start)
            #expect(other == [.error(.error, "b.example. A: connection refused")])
            #expect(digest.flush(at: start + .seconds(299)) == [])
            #expect(
                digest.flush(at: start + .seconds(300)) == [
                    .many(.warning, pattern: ".* i/o timeout$", 100, within: .seconds(300))
                ])
            #expect(digest.flush(at: start + .seconds(900)) == [])
        }

        @Test func `the first of a period can have a line of its own`() throws {
            var digest = try digest("consolidate 1m refused show_first")
            #expect(digest.take("refused 1", at: start) == [.error(.error, "refused 1")])
            #expect(digest.take("refused 2", at: start) == [])
            #expect(
                digest.flush(at: start + .seconds(60)) == [
                    .many(.error, pattern: "refused", 1, within: .seconds(60))
                ])
        }

        @Test func `a flood of errors is cut and its size told`() {
            var digest = ErrorDigest([])
            let lines = (0..<1000).flatMap { digest.take("error \($0)", at: start) }
            #expect(lines.count == ErrorDigest.mostLines)
            #expect(
                digest.flush(at: start + .seconds(1)) == [.left(1000 - ErrorDigest.mostLines)])
            #expect(digest.take("more", at: start + .seconds(2)) == [.error(.error, "more")])
        }

        @Test func `failures of servers elsewhere are told for blocks that want it`() throws {
            let gone = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 1)
            for (directive, count) in [("errors", 1), ("", 0)] {
                let text = ".:PORT {\n\(directive)\nforward . \(gone)\n}\n"
                try withServer(text) { server throws in
                    #expect(try server.askFirst("localhost") != nil)
                    #expect(try server.ask("www.example.com")?.responseCode == .serverFailure)
                    sleep(for: .milliseconds(50))
                    #expect(
                        server.lines.count(of: "www.example.com. A: connection refused") == count)
                }
            }
        }
    }
}
