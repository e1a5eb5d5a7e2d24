import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A TCP connection` {
    private func listener(_ host: Host, _ address: IPAddress) throws -> ListeningSocket {
        try host.run { try ListeningSocket(.ip(address, 0)) }
    }

    private func connection(
        _ host: Host, to listener: borrowing ListeningSocket
    ) throws -> StreamSocket {
        let address = try #require(try listener.socket.localAddress)
        return try host.run { try StreamSocket(connectedTo: address, until: .soon) }
    }

    @Test(arguments: localhost)
    func `carries bytes both ways, and each way ends by itself`(address: IPAddress) throws {
        let host = try loopbackHost()
        let listener = try listener(host, address)
        #expect(try listener.accept().isNothing)
        let client = try connection(host, to: listener)
        let server = try #require(try listener.next().taken())
        #expect(try server.value.socket.peerAddress == client.socket.localAddress)

        try client.write("question")
        #expect(try server.value.next() == "question")
        try client.shutdown(.write)
        #expect(try server.value.next() == "")
        try server.value.write("answer")
        #expect(try client.next() == "answer")
    }

    @Test(arguments: localhost)
    func `to a closed port is refused, by name`(address: IPAddress) throws {
        let host = try loopbackHost()
        let error = #expect(throws: PlatformError.self) {
            _ = try host.run { try StreamSocket(connectedTo: .ip(address, 9), until: .soon) }
        }
        #expect(error?.code == .connectionRefused)
        #expect(error?.subject == "\(AddressAndPort(address, 9))")
    }

    @Test func `that nobody answers ends with the deadline`() throws {
        let host = try loopbackHost()
        try host.nft("table ip t { chain c { type filter hook input priority 0; drop; }; }")
        let error = #expect(throws: PlatformError.self) {
            _ = try host.run {
                try StreamSocket(
                    connectedTo: .ip(localhost[0], 9), until: .now + .milliseconds(20))
            }
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `that is reset, or whose peer is gone, is an error and no signal`() throws {
        let host = try loopbackHost()
        let listener = try listener(host, localhost[0])
        let client = try connection(host, to: listener)
        do {
            let server = try #require(try listener.next().taken())
            try server.value.resetOnClose()
        }
        let error = #expect(throws: PlatformError.self) { _ = try client.next() }
        #expect(error?.code == .connectionReset)
        #expect(throws: PlatformError.self) { _ = try client.write([1].span) }
    }

    @Test func `takes no more than the peer has room for, and all of it by the deadline`() throws {
        let host = try loopbackHost()
        let listener = try listener(host, localhost[0])
        let client = try connection(host, to: listener)
        let piece = [UInt8](repeating: 1, count: 1 << 20)
        while try client.write(piece.span) != nil {}
        let error = #expect(throws: PlatformError.self) {
            try client.write(all: piece.span, until: .now + .milliseconds(10))
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `takes its options`() throws {
        let host = try loopbackHost()
        let listener = try listener(host, localhost[0])
        let client = try connection(host, to: listener)
        try client.disableDelay()
        try client.keepAlive(after: .seconds(30), every: .milliseconds(1), attempts: 3)
        try client.limitUnacknowledged(.seconds(7))
        let seen = try host.command("ss", ["-tno", "-e"])
        #expect(seen.contains("timer:(keepalive,"))
    }

    @Test func `leaves from the address and port it is told to`() throws {
        let host = try loopbackHost()
        let listener = try listener(host, localhost[0])
        let target = try #require(try listener.socket.localAddress)
        let local = SocketAddress.ip(.v4(IPv4Address(127, 0, 0, 9)), 4321)
        let client = try host.run {
            try StreamSocket(connectedTo: target, from: local, until: .soon)
        }
        let server = try #require(try listener.next().taken())
        #expect(try server.value.socket.peerAddress == local)
        _ = client.socket.descriptor.rawValue
    }
}

struct `A Unix connection` {
    @Test func `by path carries bytes and says who is there`() throws {
        try withTemporaryDirectory { directory in
            let address = SocketAddress.unix(.path("\(directory)/socket"))
            let listener = try ListeningSocket(address)
            let client = try StreamSocket(connectedTo: address, until: .soon)
            let server = try #require(try listener.next().taken())
            #expect(try client.credentials.process == .current)
            #expect(try server.value.credentials == client.credentials)
            #expect(try client.socket.peerAddress == address)

            try client.write("hello")
            #expect(try server.value.next() == "hello")
            #expect(throws: PlatformError.self) { _ = try ListeningSocket(address) }
        }
    }

    @Test func `by an abstract name keeps records apart`() throws {
        let address = SocketAddress.unix(.abstract(Lab.uniqueName("weft-test-")))
        let listener = try ListeningSocket(address, keepsRecords: true)
        let client = try StreamSocket(connectedTo: address, keepsRecords: true, until: .soon)
        let server = try #require(try listener.next().taken())
        try client.write("one")
        try client.write("two")
        #expect(try server.value.next() == "one")
        #expect(try server.value.next() == "two")
    }

    @Test func `to nobody is refused or missing`() throws {
        let error = #expect(throws: PlatformError.self) {
            _ = try StreamSocket(connectedTo: .unix(.path("/nowhere/socket")), until: .soon)
        }
        #expect(error?.isVanished == true)
    }

    @Test func `is made in pairs`() throws {
        let pair = try StreamSocket.pair()
        try pair.first.write("hello")
        #expect(try pair.second.next() == "hello")
        try pair.first.shutdown(.both)
        #expect(try pair.second.next() == "")
    }
}

/// What macros of the testing library need: something that can be copied.
final class Held<Value: ~Copyable> {
    let value: Value
    init(_ value: consuming Value) { self.value = value }
}

extension Optional where Wrapped: ~Copyable {
    consuming func taken() -> Held<Wrapped>? {
        switch consume self {
        case .some(let value): Held(value)
        case .none: nil
        }
    }

    var isNothing: Bool {
        switch self {
        case .some: false
        case .none: true
        }
    }
}
