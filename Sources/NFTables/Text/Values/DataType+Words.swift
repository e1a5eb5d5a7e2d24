extension DataType {
    /// The words nft has for some values of the type.
    var wordsOfValues: [UInt64: String]? { Self.words[self] }

    /// The words nft has for single bits, the lowest first.
    var bitNames: [(bit: UInt64, name: String)]? { Self.bits[self] }

    func word(_ value: Value) throws(NFTablesError) -> String? {
        guard let wordsOfValues else { return nil }
        return wordsOfValues[try number(value)]
    }

    /// All bits of a value by name; nil when one has none.
    func names(ofBits value: Value) throws(NFTablesError) -> String? {
        guard let bitNames else { return nil }
        let number = try number(value)
        let named = bitNames.filter { number & $0.bit != 0 }
        let isComplete = named.reduce(0) { $0 | $1.bit } == number
        return isComplete && number != 0 ? named.map(\.name).joined(separator: ",") : nil
    }

    private static let words: [DataType: [UInt64: String]] = [
        .nfProtocol: [2: "ipv4", 10: "ipv6"],
        .etherType: [0x0800: "ip", 0x0806: "arp", 0x86DD: "ip6"],
        .inetProtocol: [6: "tcp", 17: "udp", 132: "sctp"],
        .presence: [0: "missing", 1: "exists"],
        .hardwareType: [1: "ether"],
        .packetType: [0: "host", 1: "broadcast", 2: "multicast", 3: "other"],
        .conntrackDirection: [0: "original", 1: "reply"],
        // RTN_*, the types of routes.
        .addressKind: [
            0: "unspec", 1: "unicast", 2: "local", 3: "broadcast", 4: "anycast", 5: "multicast",
            6: "blackhole", 7: "unreachable", 8: "prohibit",
        ],
    ]

    private static let bits: [DataType: [(bit: UInt64, name: String)]] = [
        .conntrackState: [
            (1, "invalid"), (2, "established"), (4, "related"), (8, "new"), (64, "untracked"),
        ],
        // enum ip_conntrack_status.
        .conntrackStatus: [
            (0x01, "expected"), (0x02, "seen-reply"), (0x04, "assured"), (0x08, "confirmed"),
            (0x10, "snat"), (0x20, "dnat"), (0x200, "dying"),
        ],
        .tcpFlags: [
            (0x01, "fin"), (0x02, "syn"), (0x04, "rst"), (0x08, "psh"), (0x10, "ack"),
            (0x20, "urg"), (0x40, "ecn"), (0x80, "cwr"),
        ],
    ]
}
