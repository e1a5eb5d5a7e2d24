import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A UDP socket` {
    @Test(arguments: localhost)
    func `sends and receives, and says from where`(address: IPAddress) throws {
        let host = try loopbackHost()
        let server = try host.run { try UDPSocket(AddressAndPort(address, 0)) }
        let client = try host.run { try UDPSocket(AddressAndPort(address, 0)) }
        let target = AddressAndPort(address, try server.socket.localPort)
        #expect(try client.send("hello".utf8.span, to: target))
        let received = try server.next()
        #expect(received?.text == "hello")
        #expect(received?.source == AddressAndPort(address, try client.socket.localPort))
    }

    @Test func `with nothing to read answers at once, and tells what was too long`() throws {
        let host = try loopbackHost()
        let server = try host.run { try UDPSocket(AddressAndPort(localhost[0], 0)) }
        var bytes = [UInt8](repeating: 0, count: 4)
        var span = bytes.mutableSpan
        #expect(try server.receive(into: &span) == nil)

        let target = try #require(try server.socket.localAddress?.ip)
        _ = try server.send("too long".utf8.span, to: target)
        #expect(try server.receive(into: &span)?.length == 8)
    }

    @Test(arguments: localhost)
    func `connected to a closed port learns of it`(address: IPAddress) throws {
        let host = try loopbackHost()
        let client = try host.run { try UDPSocket(connectedTo: AddressAndPort(address, 9)) }
        #expect(try client.send("anyone?".utf8.span))
        let error = #expect(throws: PlatformError.self) { _ = try client.next() }
        #expect(error?.code == .connectionRefused)
    }

    @Test func `shares a port only when asked to, and says who may have it`() throws {
        let host = try loopbackHost()
        let address = AddressAndPort(localhost[0], 53)
        var options = SocketOptions()
        options.reusePort = true
        let first = try host.run { try UDPSocket(address, options) }
        let second = try host.run { try UDPSocket(address, options) }
        let error = #expect(throws: PlatformError.self) {
            _ = try host.run { try UDPSocket(address) }
        }
        #expect(error?.code == .addressInUse)
        #expect(error?.description.contains("127.0.0.1:53") == true)
        #expect(error?.description.contains("ss -lnp") == true)
        _ = (first.socket.descriptor.rawValue, second.socket.descriptor.rawValue)
    }

    @Test func `leaves IPv4 to another socket unless told otherwise`() throws {
        let host = try loopbackHost()
        let any = AddressAndPort(.v6(IPv6Address(high: 0, low: 0)), 53)
        var both = SocketOptions()
        both.onlyIPv6 = false
        let first = try host.run { try UDPSocket(any) }
        let second = try host.run { try UDPSocket(AddressAndPort(localhost[0], 53)) }
        let third = try host.run { try UDPSocket(AddressAndPort(any.address, 54), both) }
        let client = try host.run { try UDPSocket(AddressAndPort(localhost[0], 0)) }
        #expect(try client.send("4".utf8.span, to: AddressAndPort(localhost[0], 54)))
        #expect(try third.next()?.text == "4")
        #expect(try first.socket.localPort == second.socket.localPort)
    }

    @Test func `takes its options`() throws {
        let host = try loopbackHost()
        var options = SocketOptions()
        options.device = "lo"
        options.mark = 0x8000_0001
        options.hopLimit = 3
        options.receiveBuffer = 8 << 20
        options.sendBuffer = 1 << 20
        for address in localhost {
            _ = try host.run { try UDPSocket(AddressAndPort(address, 0), options) }
        }
        options.device = "none"
        let error = #expect(throws: PlatformError.self) {
            _ = try host.run { try UDPSocket(AddressAndPort(localhost[0], 0), options) }
        }
        #expect(error?.isVanished == true)
    }

    @Test func `sends with the mark and the hop limit it is given`() throws {
        try withLab { lab in
            let (client, server) = (try lab.host("client"), try lab.host("server"))
            try lab.connect(client, "eth0", ["10.0.0.1/24"], server, "eth0", ["10.0.0.2/24"])
            // What the mark does is seen from afar: it raises the limit.
            try client.nft(
                """
                table ip t { chain c { type filter hook output priority 0;
                    meta mark 0x80000001 ip ttl set 33; }; }
                """)
            let capture = try server.capture("eth0")
            let target = AddressAndPort(.v4(IPv4Address(10, 0, 0, 2)), 9)
            var options = SocketOptions()
            for (mark, hopLimit) in [(nil, 3), (0x8000_0001, 33)] as [(UInt32?, UInt8)] {
                options.hopLimit = 3
                options.mark = mark
                let socket = try client.run { [options] in
                    try UDPSocket(connectedTo: target, options)
                }
                #expect(try socket.send("x".utf8.span))
                let packet = try capture.first { $0.number == .udp }
                #expect(packet.hopLimit == hopLimit)
            }
        }
    }

    @Test func `reaches the link-local address on the link that the zone names`() throws {
        try withLab { lab in
            let client = try lab.host("client")
            let address = AddressAndPort(.v6(IPv6Address(high: 0xFE80 << 48, low: 2)), 53)
            for link in ["eth0", "eth1"] {
                let server = try lab.host("server")
                try lab.connect(client, link, [], server, "eth0", ["fe80::2/64"])
                let receiver = try server.run {
                    try UDPSocket(address, zone: try interfaceIndex(named: "eth0"))
                }
                let zone = try client.run { try interfaceIndex(named: link) }
                let sender = try client.run { try UDPSocket(connectedTo: address, zone: zone) }
                #expect(try sender.send(link.utf8.span))
                #expect(try receiver.next()?.text == link)
            }
        }
    }
}
