import Network
import Platform
import Testing
import Wire

@testable import TestSupport

/// Ethernet from 02:…:01 to 02:…:02 with the given type.
private func ethernet(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
    [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, UInt8(type >> 8), UInt8(type & 0xFF)] + payload
}

/// From 10.0.0.1 to 10.0.0.2 with hop limit 64.
private func ipv4(_ number: UInt8, offset: UInt8 = 0, _ payload: [UInt8]) -> [UInt8] {
    ethernet(
        0x0800,
        [
            0x45, 0, 0, UInt8(20 + payload.count), 0, 0, 0, offset, 64, number, 0, 0,
            10, 0, 0, 1, 10, 0, 0, 2,
        ] + payload)
}

/// From fd00::1 to fd00::2 with hop limit 64.
private func ipv6(_ number: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let prefix: [UInt8] = [0xFD] + [UInt8](repeating: 0, count: 14)
    return ethernet(
        0x86DD,
        [0x60, 0, 0, 0, 0, UInt8(payload.count), number, 64] + prefix + [1] + prefix + [2]
            + payload)
}

private let udp: [UInt8] = [0x30, 0x39, 0, 53, 0, 10, 0, 0, 0xAB, 0xCD]
private let tcp: [UInt8] =
    [0x30, 0x39, 0, 80, 0, 0, 0, 1, 0, 0, 0, 2, 0x60, 0x12, 0, 0, 0, 0, 0, 0, 2, 4, 5, 6] + [0xAB]

struct `A frame` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let transport: Packet.Transport?
        let payload: [UInt8]
    }

    static let cases = [
        Case(
            testDescription: "UDP over IPv4, padded", bytes: ipv4(17, udp) + [0, 0, 0, 0],
            transport: .udp(source: 12345, destination: 53), payload: [0xAB, 0xCD]),
        Case(
            testDescription: "UDP over IPv6", bytes: ipv6(17, udp),
            transport: .udp(source: 12345, destination: 53), payload: [0xAB, 0xCD]),
        Case(
            testDescription: "TCP with an option", bytes: ipv4(6, tcp),
            transport: .tcp(source: 12345, destination: 80, [.syn, .ack]), payload: [0xAB]),
        Case(
            testDescription: "SCTP", bytes: ipv4(132, `An SCTP packet`.initiate),
            transport: .sctp(source: 12345, destination: 80),
            payload: Array(`An SCTP packet`.initiate[12...])),
        Case(
            testDescription: "ICMP", bytes: ipv4(1, [3, 3, 0, 0, 0, 0, 0, 0, 7]),
            transport: .icmp(type: 3, code: 3), payload: [7]),
        Case(
            testDescription: "ICMPv6 after options",
            bytes: ipv6(
                0, [58, 0, 0, 0, 0, 0, 0, 0] + [135, 0, 0, 0, 0, 0, 0, 0, 7]),
            transport: .icmp(type: 135, code: 0), payload: [7]),
        Case(
            testDescription: "IPv6 first fragment",
            bytes: ipv6(44, [17, 0, 0, 1, 0, 0, 0, 9] + udp),
            transport: .udp(source: 12345, destination: 53), payload: [0xAB, 0xCD]),
        Case(
            testDescription: "IPv6 later fragment",
            bytes: ipv6(44, [17, 0, 0, 8, 0, 0, 0, 9] + udp), transport: nil, payload: udp),
        Case(
            testDescription: "IPv4 later fragment", bytes: ipv4(17, offset: 1, udp),
            transport: nil, payload: udp),
        Case(
            testDescription: "an unknown protocol", bytes: ipv4(200, [1]),
            transport: nil, payload: [1]),
    ]

    @Test(arguments: cases) func `is read as far as assertions need`(test: Case) throws {
        let frame = try Frame(parsing: test.bytes.span)
        #expect(frame.source == MACAddress(rawValue: 0x0200_0000_0001))
        #expect(frame.destination == MACAddress(rawValue: 0x0200_0000_0002))
        let packet = try #require(frame.packet)
        #expect(packet.transport == test.transport)
        #expect(packet.payload == test.payload)
        #expect(packet.hopLimit == 64)
        let ends = frame.type == .ipv4 ? ["10.0.0.1", "10.0.0.2"] : ["fd00::1", "fd00::2"]
        #expect(["\(packet.source)", "\(packet.destination)"] == ends)
    }

    @Test(arguments: cases) func `that ends early is an error`(test: Case) {
        let length = test.bytes.count - (test.testDescription.contains("padded") ? 4 : 0)
        for count in 0..<length {
            #expect(throws: WireError.self) {
                try Frame(parsing: test.bytes.span.extracting(first: count))
            }
        }
    }

    @Test(arguments: cases) func `with any byte changed is read or refused`(test: Case) {
        for index in test.bytes.indices {
            for byte in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var bytes = test.bytes
                bytes[index] = byte
                _ = try? Frame(parsing: bytes.span)
            }
        }
    }

    @Test func `of another type has no packet`() throws {
        let frame = try Frame(parsing: ethernet(0x0806, [1, 2, 3]).span)
        #expect(frame.type == .arp && frame.packet == nil)
    }
}

@Suite(.requiresRoot) struct `A capture` {
    @Test func `shows what goes through a link, and in which direction`() throws {
        try withLab { lab in
            let (client, host) = try lab.pair()
            let server = try host.serve(.udp, 53)
            let (near, far) = (try client.capture("eth0"), try host.capture("eth0"))
            let target = AddressAndPort(.v4(IPv4Address(10, 0, 0, 2)), 53)
            let reply = try client.ask(.udp, target, "hello")

            let query = try far.first { $0.to == target }
            #expect(query.from == reply.client)
            #expect(query.payload == Array("hello".utf8))
            let seen = try near.frames().filter { $0.frame.packet?.number == .udp }
            #expect(seen.map(\.isOutgoing) == [true, false])
            #expect(seen.last?.frame.packet?.from == target)
            withExtendedLifetime(server) {}
        }
    }

    @Test func `says what it saw when the wanted packet does not come`() throws {
        let lab = Lab()
        let (client, host) = try lab.pair()
        let capture = try host.capture("eth0")
        let target = AddressAndPort(.v4(IPv4Address(10, 0, 0, 2)), 9)
        _ = try? client.ask(.udp, target, within: .milliseconds(50))
        let error = #expect(throws: LabError.self) {
            try capture.first(within: .milliseconds(100)) { $0.number == .sctp }
        }
        #expect(error?.description.contains("udp 10.0.0.1:") == true)
    }
}
