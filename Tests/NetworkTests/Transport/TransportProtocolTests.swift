import Network
import Testing

@Suite struct `Transport protocol` {
    @Test(arguments: zip(TransportProtocol.allCases, [("TCP", 6), ("UDP", 17), ("SCTP", 132)]))
    func `has its names and number`(transport: TransportProtocol, is fact: (String, UInt8)) {
        let (name, number) = fact
        #expect(transport.description == name)
        #expect(transport.rawValue == number)
        #expect(TransportProtocol(name) == transport)
        #expect(TransportProtocol(transport.lowercaseName) == nil)
        #expect(TransportProtocol(anyCase: transport.lowercaseName) == transport)
        #expect(TransportProtocol(IPProtocol(transport)) == transport)
    }

    @Test(arguments: ["", "tcp", "TCPX", "TC", "ICMP", "6"])
    func `is refused`(text: String) {
        #expect(TransportProtocol(text) == nil)
    }

    @Test func `other numbers have none`() {
        #expect(TransportProtocol(.icmp) == nil)
    }
}

@Suite struct `IP protocol` {
    @Test(arguments: [
        (IPProtocol.icmp, "icmp"), (.tcp, "tcp"), (.udp, "udp"), (.sctp, "sctp"),
        (.icmpv6, "ipv6-icmp"), (IPProtocol(rawValue: 253), "253"),
    ])
    func `is printed by name when it has one`(number: IPProtocol, name: String) {
        #expect(number.description == name)
    }

    @Test func `ICMP is another one in each family`() {
        #expect(IPProtocol.icmp(.v4).rawValue == 1)
        #expect(IPProtocol.icmp(.v6).rawValue == 58)
    }
}
