import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

/// A listener at a port of its own, on a thread of its own.
private final class Datagrams {
    let listener: UDPListener
    private let thread: Thread

    private struct Nobody: QuestionTaker {
        func take(_ question: PendingQuestion, replyTo place: any ReplyPlace) {}
        func refresh(_ question: PendingQuestion) {}
    }

    init(_ address: IPAddress) throws {
        let plan = try ServerPlan(corefile(".:53 {\n\(kubernetes) {\npods insecure\n}\n}\n"), .test)
        let settings = try #require(plan.blocks[0].cluster)
        let epochs = Epochs(readers: 2)
        let reader = epochs.reader()
        let cluster = try NamedCluster(settings, readers: epochs)
        cluster.fill()
        let builder = CatalogBuilder(
            plan, [(settings, cluster.index.index)], [], .test, .test, LoopWatch(), AnswerBook(),
            nil)
        let slot = CatalogSlot(try #require(try builder.catalogs().values.first))
        let listener = try UDPListener(AddressAndPort(address, 0), slot, waiting: Nobody())
        self.listener = listener
        guard let reader else { throw PlatformError(.tooManyOpenFiles, "read an index") }
        thread = try Thread(owning: reader) { reader in try? listener.run(reader) }
    }

    deinit { listener.stop() }
}

@Suite struct DatagramTests {
    private static let seconds = 5

    private func ask(
        _ query: [UInt8], _ socket: borrowing UDPSocket, at server: AddressAndPort
    ) throws -> [UInt8] {
        _ = try socket.send(query.span, to: server)
        let deadline = MonotonicTime.now + .seconds(Self.seconds)
        var room = [UInt8](repeating: 0, count: 8192)
        while MonotonicTime.now < deadline {
            _ = try socket.socket.descriptor.wait(for: .read, until: deadline)
            var span = room.mutableSpan
            guard let received = try socket.receive(into: &span) else { continue }
            // The client would not take it from anywhere else (X24).
            #expect(received.source == server)
            return Array(room[..<received.length])
        }
        throw PlatformError(.timedOut, "wait for a reply")
    }

    @Test(arguments: [
        ("0.0.0.0", "127.0.0.1"), ("0.0.0.0", "127.0.0.9"), ("127.0.0.8", "127.0.0.8"),
        ("::", "::1"), ("::1", "::1"),
    ])
    func `X24 RFC 2181 a reply comes from where it was asked for`(
        listening: String, asked: String
    ) throws {
        let address = try #require(IPAddress(listening))
        let datagrams = try Datagrams(address)
        let port = try #require(datagrams.listener.localAddress).port
        let server = AddressAndPort(try #require(IPAddress(asked)), port)
        let any = address.family == .v4 ? "127.0.0.1" : "::1"
        let client = try UDPSocket(AddressAndPort(try #require(IPAddress(any)), 0))
        for (name, type) in [
            ("web.default.svc.cluster.local", RecordType.a), ("db.apps.svc.cluster.local", .srv),
            ("missing.default.svc.cluster.local", .a), ("1.0.96.10.in-addr.arpa", .ptr),
        ] {
            for size in [nil, 4096] as [UInt16?] {
                var message = Message.query(try DomainName(name), type, id: UInt16(name.utf8.count))
                message.edns = size.map { EDNS(payloadSize: $0) }
                let query = message.encoded()
                let reply = try ask(query, client, at: server)
                _ = try Answer(query, reply, limit: size == nil ? 512 : 1232)
            }
        }
    }

    @Test func `what is dropped does not keep the next from being answered`() throws {
        let address = IPAddress.v4(IPv4Address(127, 0, 0, 1))
        let datagrams = try Datagrams(address)
        let server = try #require(datagrams.listener.localAddress)
        let client = try UDPSocket(AddressAndPort(address, 0))
        let query = Message.query(DomainName(words: "web.default.svc.cluster.local"), .a, id: 5)
        for garbage in [[], [1], [UInt8](repeating: 255, count: 2000)] as [[UInt8]] {
            _ = try client.send(garbage.span, to: server)
        }
        let reply = try ask(query.encoded(), client, at: server)
        #expect(try Answer(query.encoded(), reply, limit: 512).summary == "A 10.96.0.1")
    }
}
