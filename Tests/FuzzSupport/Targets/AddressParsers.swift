import Network

extension FuzzTargets {
    /// The parsers of Network, each checked to read what it prints.
    static let addressParsers = [
        FuzzTarget("ipv4", texts: v4Texts, run: checkIPv4),
        FuzzTarget("ipv6", texts: v6Texts, run: checkIPv6),
        FuzzTarget("ip", texts: v4Texts + v6Texts, run: checkIP),
        FuzzTarget("cidr", texts: cidrTexts, run: checkCIDR),
        FuzzTarget("address-range", texts: rangeTexts, run: checkAddressRange),
        FuzzTarget(
            "mac", texts: ["02:00:5e:10:ab:01", "FF-FF-FF-FF-FF-FF"],
            run: checkRoundTrip(MACAddress.self)),
        FuzzTarget("port", texts: ["0", "80", "65535", "65536"], run: checkRoundTrip(Port.self)),
        FuzzTarget(
            "port-range", texts: ["8080", "30000-32767", "30000+2767", "1-65535", "65535+1"],
            run: checkRoundTrip(PortRange.self)),
        FuzzTarget(
            "address-and-port", texts: ["10.0.0.1:80", "[2001:db8::1]:65535", "[::]:0"],
            run: checkRoundTrip(AddressAndPort.self)),
        FuzzTarget(
            "interface-name", texts: ["eth0", "weft-0123456789", "a b", "..", "é", "%d"],
            run: checkRoundTrip(InterfaceName.self)),
        FuzzTarget(
            "transport-protocol", texts: ["TCP", "UDP", "SCTP"],
            run: checkRoundTrip(TransportProtocol.self)),
    ]

    private static let v4Texts = ["10.9.8.7", "255.255.255.255", "0.0.0.0", "010.1.2.3"]
    private static let v6Texts = [
        "::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "::ffff:1.2.3.4",
        "FE80::ABCD:1", "1::2:0:0:3", "::1.2.3.4", "fe80::1%eth0",
    ]
    private static let cidrTexts = [
        "10.0.0.0/8", "10.1.2.3/24", "0.0.0.0/0", "1.2.3.4/32", "::/0", "fd00:10:244::/48",
        "::1/128", "2001:db8::1/64", "10.0.0.0/33", "010.0.0.0/08", "::ffff:1.2.3.0/120",
    ]
    private static let rangeTexts = [
        "10.0.0.1-10.0.0.99", "0.0.0.0-255.255.255.255", "::1-::ffff",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "10.0.0.2-10.0.0.1",
    ]
}
