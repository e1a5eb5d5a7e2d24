import Network
import Platform
import Testing

@testable import TestSupport

private let addresses = [
    IPAddress.v4(IPv4Address(10, 0, 0, 2)), .v6(IPv6Address(high: 0xFD00 << 48, low: 2)),
]

@Suite(.requiresRoot) struct `A server of the lab` {
    @Test(arguments: TransportProtocol.allCases, addresses)
    func `says who it is and whom it sees, again and again`(
        transport: TransportProtocol, address: IPAddress
    ) throws {
        try withLab { lab in
            let (client, host) = try lab.pair()
            let server = try host.serve(transport, 80, as: "backend")
            let target = AddressAndPort(address, 80)
            let conversation = try client.converse(transport, with: target)
            let first = try conversation.ask("hello there")
            let second = try conversation.ask("again")
            #expect(first.server == "backend")
            #expect(
                first.client.address != address && first.client.address.family == address.family)
            #expect(second.client == first.client)
            if transport != .sctp {
                #expect([first.text, second.text] == ["hello there", "again"])
            }
            withExtendedLifetime(server) {}
        }
    }

    @Test(arguments: TransportProtocol.allCases)
    func `sees the address and port that a client chose`(transport: TransportProtocol) throws {
        try withLab { lab in
            let (client, host) = try lab.pair()
            try client.ip("addr add 10.0.0.77/32 dev eth0")
            let server = try host.serve(transport, 80)
            let local = AddressAndPort(.v4(IPv4Address(10, 0, 0, 77)), 4321)
            let reply = try client.ask(transport, AddressAndPort(addresses[0], 80), from: local)
            #expect(reply.server == "server")
            #expect(reply.client == local)
            withExtendedLifetime(server) {}
        }
    }

    @Test(arguments: TransportProtocol.allCases)
    func `is not there when it is not, and no longer when it has ended`(
        transport: TransportProtocol
    ) throws {
        let lab = Lab()
        let (client, host) = try lab.pair()
        let target = AddressAndPort(addresses[0], 80)
        var server: Server? = try host.serve(transport, 80)
        _ = try client.ask(transport, target)
        withExtendedLifetime(server) {}
        server = nil
        let error = #expect(throws: PlatformError.self) {
            try client.ask(transport, target, within: .milliseconds(200))
        }
        // No port of SCTP's is closed: the host has no SCTP at all.
        #expect(error?.code == (transport == .sctp ? .protocolNotAvailable : .connectionRefused))
    }

    @Test func `serves many TCP clients at once`() throws {
        try withLab { lab in
            let (client, host) = try lab.pair()
            let server = try host.serve(.tcp, 80)
            let target = AddressAndPort(addresses[0], 80)
            let conversations = try (0..<50).map { _ in
                try client.converse(.tcp, with: target)
            }
            for round in ["one", "two"] {
                for conversation in conversations.reversed() {
                    #expect(try conversation.ask(round).text == round)
                }
            }
            withExtendedLifetime(server) {}
        }
    }

    @Test(arguments: ["", "a b c", "x\n", "name 10.0.0.1 text\n", "name 10.0.0.1:1 text"])
    func `what is no reply is an error`(text: String) {
        #expect(throws: LabError.self) { try Reply(parsing: Array(text.utf8)) }
    }
}
