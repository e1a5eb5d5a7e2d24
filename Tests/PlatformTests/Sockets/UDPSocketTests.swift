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
}
