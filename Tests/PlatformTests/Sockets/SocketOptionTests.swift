import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A socket of either kind` {
    private static let limited: SocketOptions = {
        var options = SocketOptions()
        options.isBlocking = true
        options.waitLimit = .milliseconds(20)
        return options
    }()

    @Test(arguments: localhost)
    func `waits no longer than it is to`(address: IPAddress) throws {
        let host = try loopbackHost()
        try host.nft("table inet t { chain c { type filter hook input priority 0; drop; }; }")
        let stream = try host.run { try Socket(address.family, .stream, Self.limited) }
        #expect(try !stream.connect(.ip(address, 9)))
        let datagrams = try host.run { try Socket(address.family, .datagram, Self.limited) }
        _ = try datagrams.connect(.ip(address, 9))
        var room = [UInt8](repeating: 0, count: 10)
        var span = room.mutableSpan
        #expect(try datagrams.receive(into: &span) == nil)
    }

    @Test(arguments: localhost)
    func `resets its connection at the end if it is to`(address: IPAddress) throws {
        let host = try loopbackHost()
        let listener = try host.run { try ListeningSocket(.ip(address, 0)) }
        var options = Self.limited
        options.waitLimit = .seconds(20)
        options.sendsAtOnce = true
        for resets in [false, true] {
            options.resetsOnClose = resets
            let client = try host.run { try Socket(address.family, .stream, options) }
            let target = try #require(try listener.socket.localAddress)
            #expect(try client.connect(target))
            let server = try #require(try listener.next().taken())
            _ = consume client
            if resets {
                let error = #expect(throws: PlatformError.self) { try server.value.next() }
                #expect(error?.code == .connectionReset)
            } else {
                #expect(try server.value.next() == "")
            }
        }
    }

    @Test(arguments: localhost)
    func `sends a datagram many times by one call`(address: IPAddress) throws {
        let host = try loopbackHost()
        let server = try host.run { try UDPSocket(AddressAndPort(address, 0)) }
        let client = try host.run { try Socket(address.family, .datagram) }
        _ = try client.connect(try #require(try server.socket.localAddress))
        #expect(try client.send("hello".utf8.span, times: 3) == 3)
        for _ in 0..<3 { #expect(try server.next()?.text == "hello") }
        var span = MutableSpan<UInt8>()
        #expect(try server.receive(into: &span) == nil)
        #expect(try client.send("".utf8.span, times: 1000) == 64)
    }
}
