import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A batch of datagrams` {
    private func echo(_ server: borrowing UDPSocket, _ batch: inout DatagramBatch) throws -> Int {
        _ = try server.socket.descriptor.wait(for: .read, until: .soon)
        let count = try server.receive(into: &batch)
        for index in 0..<count {
            batch.answer(index) { query, answer in
                for index in query.indices { answer[query.count - 1 - index] = query[index] }
                return query.count
            }
        }
        return server.sendAnswers(of: &batch)
    }

    /// Waits for what the kernel does in the background after it was given an IPv6 address.
    private func awaitLocalRoute(_ host: Host, _ address: String) throws {
        let deadline = MonotonicTime.soon
        while try !host.ip("-6 route show table local").contains("local \(address) ") {
            try #require(MonotonicTime.now < deadline, "no route to the host's own \(address)")
        }
    }

    /// Addresses of each family, none of them the one the kernel would choose by itself.
    static let asked = [
        (IPAddress.v4(IPv4Address(0, 0, 0, 0)), IPAddress.v4(IPv4Address(127, 7, 7, 7))),
        (.v6(IPv6Address(high: 0, low: 0)), .v6(IPv6Address(high: 0xFD00 << 48, low: 7))),
        (.v4(IPv4Address(127, 7, 7, 7)), .v4(IPv4Address(127, 7, 7, 7))),
        (
            .v6(IPv6Address(high: 0xFD00 << 48, low: 7)),
            .v6(IPv6Address(high: 0xFD00 << 48, low: 7))
        ),
    ]

    @Test(arguments: asked)
    func `answers from the address that was asked`(bound: IPAddress, asked: IPAddress) throws {
        let host = try loopbackHost()
        try host.ip("addr add fd00::7/128 dev lo")
        try awaitLocalRoute(host, "fd00::7")
        let server = try host.run { try UDPSocket(AddressAndPort(bound, 53)) }
        let client = try host.run { try UDPSocket(AddressAndPort(bound, 0)) }
        var batch = try DatagramBatch(count: 4, room: 512, answerRoom: 512)
        // Twice: the second time every slot is used again.
        for query in ["abc", "d"] {
            #expect(try client.send(query.utf8.span, to: AddressAndPort(asked, 53)))
            try #require(try echo(server, &batch) == 1)
            // The kernel is only asked where it is not known.
            #expect(batch.destination(0) == (bound.isUnspecified ? asked : nil))
            #expect(batch.source(0)?.port == (try client.socket.localPort))
            let answer = try client.next()
            #expect(answer?.source == AddressAndPort(asked, 53))
            #expect(answer?.text == String(query.reversed()))
        }
    }

    @Test func `answers IPv4 through a socket for both families`() throws {
        let host = try loopbackHost()
        var options = SocketOptions()
        options.onlyIPv6 = false
        let server = try host.run { [options] in
            try UDPSocket(AddressAndPort(.v6(IPv6Address(high: 0, low: 0)), 53), options)
        }
        let client = try host.run { try UDPSocket(AddressAndPort(localhost[0], 0)) }
        var batch = try DatagramBatch(count: 4, room: 512, answerRoom: 512)
        let asked = AddressAndPort(.v4(IPv4Address(127, 7, 7, 7)), 53)
        #expect(try client.send("abc".utf8.span, to: asked))
        #expect(try echo(server, &batch) == 1)
        #expect(try client.next()?.source == asked)
    }

    @Test func `holds many, keeps them apart, and answers only those that are answered`() throws {
        let host = try loopbackHost()
        let server = try host.run { try UDPSocket(AddressAndPort(localhost[0], 53)) }
        let client = try host.run {
            try UDPSocket(connectedTo: AddressAndPort(localhost[0], 53))
        }
        for number in 0..<10 { _ = try client.send("query \(number)".utf8.span) }
        var batch = try DatagramBatch(count: 8, room: 512, answerRoom: 512)
        var answered: [String] = []
        for expected in [8, 2] {
            #expect(try server.receive(into: &batch) == expected)
            for index in 0..<batch.count {
                batch.answer(index) { query, answer in
                    guard query[query.count - 1] % 2 == 0 else { return 0 }
                    for index in query.indices { answer[index] = query[index] }
                    return query.count
                }
            }
            server.sendAnswers(of: &batch)
        }
        #expect(try server.receive(into: &batch) == 0)
        for _ in 0..<5 { answered += [try client.next()?.text ?? ""] }
        #expect(answered == [0, 2, 4, 6, 8].map { "query \($0)" })
    }

    @Test func `tells a datagram that was cut, and never shows more than the room`() throws {
        let host = try loopbackHost()
        let server = try host.run { try UDPSocket(AddressAndPort(localhost[0], 53)) }
        let target = AddressAndPort(localhost[0], 53)
        var batch = try DatagramBatch(count: 2, room: 4, answerRoom: 4)
        _ = try server.send("12345678".utf8.span, to: target)
        _ = try server.send("1234".utf8.span, to: target)
        #expect(try server.receive(into: &batch) == 2)
        #expect(batch.isTruncated(0) && !batch.isTruncated(1))
        for index in 0..<2 {
            batch.answer(index) { query, answer in
                #expect(query.count == 4)
                #expect(answer.count == 4)
                return 0
            }
        }
    }

    @Test func `one answer that cannot go does not hold up the others`() throws {
        let lab = Lab()
        let (client, server) = try lab.pair()
        let from = try client.run { try UDPSocket(AddressAndPort(.v4(.init(10, 0, 0, 1)), 0)) }
        let lost = try client.run { try UDPSocket(AddressAndPort(.v4(.init(10, 9, 9, 9)), 0)) }
        let socket = try server.run { try UDPSocket(AddressAndPort(.v4(.init(0, 0, 0, 0)), 53)) }
        let target = AddressAndPort(.v4(IPv4Address(10, 0, 0, 2)), 53)
        _ = try lost.send("no way back".utf8.span, to: target)
        _ = try from.send("abc".utf8.span, to: target)
        var batch = try DatagramBatch(count: 4, room: 512, answerRoom: 512)
        #expect(try echo(socket, &batch) == 1)
        #expect(try from.next()?.text == "cba")
    }
}

extension Lab {
    fileprivate func pair() throws -> (Host, Host) {
        let client = try host("client")
        let server = try host("server")
        try connect(
            client, "eth0", ["10.0.0.1/24", "10.9.9.9/32"], server, "eth0", ["10.0.0.2/24"])
        // Or the query with the strange source would not come in.
        try server.run { try Sysctl("net.ipv4.conf.all.rp_filter").write("0") }
        return (client, server)
    }
}
