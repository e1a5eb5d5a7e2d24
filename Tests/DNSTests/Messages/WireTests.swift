import Network
import Platform
import Testing

@testable import DNS

extension OperationTests {
    /// What no resolver sends, sent to a server that runs.
    @Suite struct WireTests {
        private static let malformed =
            MalformedMessageTests.counts + MalformedMessageTests.questions
            + MalformedMessageTests.extensions

        /// A reply must not come for these.
        private static let silent = [
            raw { $0.header[2] |= 0x80 }, Array(raw { _ in }.prefix(headerLength - 1)), [1],
        ]

        private func server(_ port: Port) -> AddressAndPort { AddressAndPort(.v4(.loopback), port) }

        private func receive(_ socket: borrowing UDPSocket) throws -> [UInt8]? {
            let deadline = MonotonicTime.now + .seconds(20)
            _ = try socket.socket.descriptor.wait(for: .read, until: deadline)
            var room = [UInt8](repeating: 0, count: 4096)
            var span = room.mutableSpan
            return try socket.receive(into: &span).map { Array(room[..<$0.length]) }
        }

        @Test func `D61 D62 D63 D64 RFC 9267 datagrams that mean nothing, or little`() throws {
            try withWholeServer { port in
                let socket = try UDPSocket(connectedTo: server(port))
                for (what, query) in Self.malformed {
                    _ = try socket.send(query.span)
                    let octets = try #require(try receive(socket), "\(what)")
                    let reply = try Answer(query, octets, limit: 512)
                    #expect(reply.message.responseCode == .formatError, "\(what)")
                    #expect(octets.count == headerLength, "\(what)")
                }
                for (what, query) in UnusualMessageTests.accepted {
                    for query in Self.silent + [query] { _ = try socket.send(query.span) }
                    let octets = try #require(try receive(socket), "\(what)")
                    #expect(try Answer(query, octets, limit: 1232).summary == "A 10.96.0.1")
                }
            }
        }

        @Test
        func `D61 D62 D71 RFC 7766 messages that mean nothing do not end a connection`() throws {
            try withWholeServer { port in
                let client = try StreamClientOfTest(.ip(server(port)))
                for (what, query) in Self.malformed {
                    try client.send(framed(query))
                    let reply = try #require(try client.receive(), "\(what)")
                    #expect(reply.responseCode == .formatError && reply.questions.isEmpty)
                }
                try client.send(framed(Self.silent[0]))
                #expect(try client.isAnswered())
                try client.send(framed(Self.silent[1]))
                #expect(try client.receive() == nil)
            }
        }

        @Test func `D100 a number of sockets shares a port`() throws {
            try withServer(".:PORT {\nbind 127.0.0.1\nmultisocket 3\n}\n") { server throws in
                #expect(try server.askFirst("a.example")?.responseCode == .refused)
                let place = "0100007F:\(String(server.port.rawValue, radix: 16, uppercase: true)) "
                let sockets = String(decoding: try File.read("/proc/self/net/udp"), as: UTF8.self)
                #expect(sockets.split(separator: "\n").count { $0.contains(place) } == 3)
            }
        }

        @Test func `D95 what cannot be read is counted as dropped`() throws {
            try withServer(".:PORT {\nprometheus 127.0.0.1:0\n}\n") { server throws in
                #expect(try server.askFirst("a.example") != nil)
                let socket = try UDPSocket(connectedTo: self.server(server.port))
                let query = Self.malformed[0].1
                _ = try socket.send(query.span)
                #expect(try receive(socket)?.count == headerLength)
                let labels =
                    "{server=\"dns://:\(server.port)\",zone=\"dropped\",view=\"\",rcode=\"FORMERR\""
                #expect(
                    try eventually {
                        let body = try server.get("/metrics", .metrics)?.body ?? ""
                        return body.contains("coredns_dns_responses_total\(labels)")
                    })
            }
        }
    }
}
