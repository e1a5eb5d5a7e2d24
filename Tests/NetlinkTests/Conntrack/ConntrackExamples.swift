import Netlink
import Network

extension ConntrackEntry {
    /// One connection of each kind.
    static let examples: [ConntrackEntry] = [
        ConntrackEntry(
            .init(.tcp, from: end(v4(1), 40000), to: end(v4(9), 80)),
            reply: .init(.tcp, from: end(v4(77), 8080), to: end(v4(1), 40000)),
            status: [.seenReply, .assured, .destinationTranslated], mark: 0x4000,
            timeout: 100, tcpState: .established),
        ConntrackEntry(
            .init(.udp, from: end(v4(1), 5353), to: end(v4(9), 53)), mark: 0x1, timeout: 100),
        ConntrackEntry(
            .init(.udp, from: end(v4(2), 5353), to: end(v4(9), 53)), status: .seenReply, zone: 7,
            timeout: 100),
        ConntrackEntry(.init(.sctp, from: end(v4(1), 3868), to: end(v4(9), 3868)), timeout: 100),
        ConntrackEntry(.init(.sctp, from: end(v4(1), 3869), to: end(v4(9), 3869)), timeout: 100),
        ConntrackEntry(
            .init(.icmp, from: v4(1), to: v4(9), .icmp(type: 8, code: 0, id: 99)), timeout: 100),
        ConntrackEntry(.init(.ah, from: v4(1), to: v4(9), .none), timeout: 100),
        ConntrackEntry(
            .init(.tcp, from: end(v6(1), 40000), to: end(v6(9), 80)),
            status: [.seenReply, .assured],
            timeout: 100, tcpState: .synReceived),
        ConntrackEntry(.init(.udp, from: end(v6(2), 5353), to: end(v6(9), 53)), timeout: 100),
        ConntrackEntry(
            .init(.udp, from: end(v6(3), 5353), to: end(v6(9), 53)),
            reply: .init(.udp, from: end(v6(77), 5300), to: end(v6(78), 1024)),
            status: [.destinationTranslated, .sourceTranslated], timeout: 100),
        ConntrackEntry(
            .init(.icmpv6, from: v6(1), to: v6(9), .icmp(type: 128, code: 0, id: 7)), timeout: 100),
    ]

    fileprivate static func v4(_ host: UInt8) -> IPAddress { .v4(IPv4Address(10, 0, 0, host)) }

    fileprivate static func v6(_ host: UInt64) -> IPAddress {
        .v6(IPv6Address(high: 0xFD00 << 48, low: host))
    }

    private static func end(_ address: IPAddress, _ port: Port) -> AddressAndPort {
        AddressAndPort(address, port)
    }
}

extension ConntrackFilter {
    /// Each part of a filter, and some together.
    static let examples: [ConntrackFilter] = [
        ConntrackFilter(.v4),
        ConntrackFilter(.v6),
        ConntrackFilter(original: .init(.udp)),
        ConntrackFilter(.v6, original: .init(.udp)),
        ConntrackFilter(original: .init(from: ConntrackEntry.v4(1))),
        ConntrackFilter(original: .init(.udp, to: ConntrackEntry.v4(9), destinationPort: 53)),
        ConntrackFilter(original: .init(.udp, from: ConntrackEntry.v4(2), sourcePort: 5353)),
        ConntrackFilter(original: .init(.sctp, to: ConntrackEntry.v4(9), destinationPort: 3869)),
        ConntrackFilter(original: .init(destinationPort: 80)),
        ConntrackFilter(original: .init(to: ConntrackEntry.v6(9))),
        ConntrackFilter(original: .init(.tcp, to: ConntrackEntry.v6(9), destinationPort: 80)),
        ConntrackFilter(reply: .init(from: ConntrackEntry.v4(77))),
        ConntrackFilter(
            original: .init(.tcp, to: ConntrackEntry.v4(9), destinationPort: 80),
            reply: .init(.tcp, from: ConntrackEntry.v4(77), sourcePort: 8080)),
        ConntrackFilter(mark: .init(0x4000, mask: 0x4000)),
        ConntrackFilter(mark: .init(0x1)),
        ConntrackFilter(status: .assured),
        ConntrackFilter(zone: 7),
        ConntrackFilter(zone: 0),
    ]
}
