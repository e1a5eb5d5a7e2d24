import NFTables

/// Rules of few expressions, good and bad, to be tried in every family.
enum ExpressionSamples {
    private static let four = Value([1, 2, 3, 4])
    private static let long = Value([UInt8](repeating: 7, count: 17))
    private static let address = Expression.load(.ip4Destination)
    private static let port = Expression.load(.destinationPort)

    /// What the kernel looks at when it reads the rule.
    static let all: [[Expression]] =
        loads + properties + constants + changes + numbers + states + sets + dynamicSets
        + translations + rejects

    private static let loads: [[Expression]] =
        [(0, 0), (0, 1), (5, 255), (5, 256), (255, 2), (256, 2), (70000, 2)].map {
            [.payload(Payload(.network, offset: $0, length: $1))]
        }
        + [Payload.Base.link, .network, .transport].map {
            [.payload(Payload($0, offset: 2, length: 4))]
        }
        + [(15, 4), (15, 5), (12, 16), (13, 16), (16, 4), (200, 4)].map {
            [.payload(Payload(.network, offset: 0, length: $1, into: Register($0)))]
        } + [
            [.fib(FIB(.outputInterface, of: .sourceAddress))],
            [.fib(FIB(.outputName, of: [.sourceAddress, .inputInterface], into: 12))],
            [.fib(FIB(.outputName, of: .sourceAddress, into: 13))],
            [.fib(FIB(.addressKind, of: [.destinationAddress, .outputInterface]))],
            [.fib(FIB(.outputInterface, of: [.destinationAddress, .outputInterface]))],
            [.fib(FIB(.addressKind, of: []))],
            [.fib(FIB(.addressKind, of: [.sourceAddress, .destinationAddress]))],
            [.fib(FIB(.addressKind, of: [.sourceAddress, .inputInterface, .outputInterface]))],
            [.fib(FIB(.addressKind, of: FIB.Flags(rawValue: 0x81)))],
            [.fib(FIB(.outputName, of: [.sourceAddress, .present], into: 15))],
            [.fib(FIB(.outputName, of: [.sourceAddress, .present]))],
            [.fib(FIB(.outputInterface, of: [.sourceAddress, .present]))],
            [.fib(FIB(.addressKind, of: [.sourceAddress, .present]))],
            [.socket(SocketLookup(.transparent))], [.socket(SocketLookup(.mark))],
            [.socket(SocketLookup(.wildcard))], [.socket(SocketLookup(.cgroup(level: 1)))],
            [.socket(SocketLookup(.cgroup(level: 256)))],
            [.socket(SocketLookup(.cgroup(level: 1), into: 15))],
        ]

    /// All but the security marks and routing realms that few kernels are compiled with, and what
    /// bridges have.
    private static let metaKeys = (0..<40).filter { ![13, 14, 17, 18, 25, 28, 29].contains($0) }
        .map(Meta.Key.init)
    /// All but security marks.
    private static let conntrackKeys = (0..<30).filter { $0 != 4 }.map(Conntrack.Key.init)

    private static let properties: [[Expression]] =
        metaKeys.map { [.load($0)] } + metaKeys.map { [.load(.mark), .store($0)] }
        + conntrackKeys.map { [.load(conntrack: $0)] }
        + conntrackKeys.map { [.load(conntrack: $0, side: .reply)] }
        + conntrackKeys.map { [.load(.mark), .store(conntrack: $0)] }
        + [
            [.store(.mark)], [.store(conntrack: .mark)], [.load(.inputName, into: 13)],
            [.load(conntrack: .source6, side: .original, into: 13)],
            [
                .load(.mark),
                .conntrack(Conntrack(.mark, side: .original, .store(from: 0))),
            ],
            [
                .load(.mark),
                .conntrack(Conntrack(.zone, side: .original, .store(from: 0))),
            ],
        ]

    private static let constants: [[Expression]] =
        [.accept, .drop, .return].map { [$0] }
        + [
            [.immediate(.verdict(.continue))], [.load(four)], [.load(four, into: 15)],
            [.load(Value([UInt8](repeating: 1, count: 16)), into: 12)],
            [.load(Value([UInt8](repeating: 1, count: 16)), into: 13)], [.load(long)],
            [address, .compare(.equal, four)], [.compare(.equal, four)],
            [address, .compare(.less, long)],
            [address, .compare(.greater, Value([UInt8](repeating: 1, count: 16)))],
            [port, .compare(.notEqual, Value([1, 2]))],
            [port, .compare(.lessOrEqual, four)],
            [address, .range(RangeComparison(from: four, through: four))],
            [address, .range(RangeComparison(from: four, through: Value([1, 2])))],
            [address, .range(RangeComparison(from: long, through: long))],
            [address, .range(RangeComparison(from: Value(), through: Value()))],
            [.range(RangeComparison(from: four, through: four))],
        ]

    private static let changes: [[Expression]] =
        [
            [address, .mask(four)], [.mask(four)],
            [address, .bitwise(Bitwise(length: 4, .maskAndXor(mask: four, xor: Value([1]))))],
            [address, .bitwise(Bitwise(length: 2, .maskAndXor(mask: four, xor: four)))],
            [address, .bitwise(Bitwise(length: 0, .maskAndXor(mask: four, xor: four)))],
            [address, .bitwise(Bitwise(length: 300, .maskAndXor(mask: four, xor: four)))],
            [address, .bitwise(Bitwise(length: 4, .shiftLeft(31)))],
            [address, .bitwise(Bitwise(length: 4, .shiftRight(32)))],
            [
                address, .bitwise(Bitwise(into: 1, length: 4, .shiftRight(3))),
                .store(.mark, from: 1),
            ],
            [address, .bitwise(Bitwise(into: 16, length: 4, .shiftRight(3)))],
        ]
        + [(4, 4), (4, 2), (4, 3), (0, 2), (8, 8), (300, 2), (4, 300)].map {
            [address, .byteOrder(ByteSwap(.hostToNetwork, length: $0, size: $1))]
        }

    private static let numbers: [[Expression]] =
        [(1, 0), (0, 0), (10, UInt32.max), (10, UInt32.max - 9)].flatMap { modulus, offset in
            [
                [.numberGenerator(NumberGenerator(.random, modulus: modulus, offset: offset))],
                [.numberGenerator(NumberGenerator(.incremental, modulus: modulus, offset: offset))],
                [.hash(PacketHash(.symmetric, modulus: modulus, offset: offset))],
                [
                    address,
                    .hash(
                        PacketHash(
                            .jenkins(0, length: 4, seed: 1), modulus: modulus, offset: offset)),
                ],
            ]
        } + [
            [.hash(PacketHash(.jenkins(0, length: 4, seed: nil), modulus: 7))],
            [address, .hash(PacketHash(.jenkins(0, length: 0, seed: nil), modulus: 7))],
            [address, .hash(PacketHash(.jenkins(0, length: 256, seed: nil), modulus: 7))],
            [address, .hash(PacketHash(.jenkins(0, length: 4, seed: nil), modulus: 7))],
            [.hash(PacketHash(.symmetric, modulus: 7, into: 16))],
            [.numberGenerator(NumberGenerator(.random, modulus: 7, into: 16))],
        ]

    private static let states: [[Expression]] = [
        [.counter(Counter())], [.counter(Counter(packets: 5, bytes: 6))],
        [.limit(Limit(10, per: .second))], [.limit(Limit(0, per: .second))],
        [.limit(Limit(10, per: .second, burst: 0))],
        [.limit(Limit(10, .bytes, per: .hour, burst: 0))],
        [.limit(Limit(.max, per: .second, burst: 5))],
        [.limit(Limit(1, per: .week, burst: .max))],
        [.limit(Limit(.max - 6, .bytes, per: .week, burst: 5, isInverted: true))],
        [.quota(Quota(5))], [.quota(Quota(5, consumed: 5))], [.quota(Quota(5, consumed: 6))],
        [.quota(Quota(.max))], [.quota(Quota(0, isInverted: true))],
        [.log(PacketLog())], [.log(PacketLog(prefix: "x"))], [.log(PacketLog(prefix: ""))],
        [.log(PacketLog(.kernel(level: 8, flags: 0)))],
        [.log(PacketLog(.kernel(level: 9, flags: 0)))],
        [.log(PacketLog(.kernel(level: 3, flags: 0x2F)))],
        [.log(PacketLog(.kernel(level: 3, flags: 0x80)))],
        [.log(PacketLog(.group(3, snapLength: 64, queueThreshold: 2)))],
        [.log(PacketLog(.group(3, snapLength: nil, queueThreshold: 0)))], [.noTrack(NoTrack())],
    ]

    private static let sets: [[Expression]] = [
        [port, .lookup("ports")], [port, .lookup("ports", .notMember)], [.lookup("ports")],
        [port, .lookup("ports", .verdict)], [port, .lookup("ports", .data(into: 0))],
        [port, .lookup("missing")], [port, .lookup("verdicts", .verdict)],
        [port, .lookup("verdicts")], [port, .lookup("verdicts", .notMember)],
        [port, .lookup("verdicts", .data(into: 0))], [port, .lookup("marks", .data(into: 0))],
        [port, .lookup("marks", .verdict)], [port, .lookup("marks", .data(into: 16))],
        [port, .lookup("marks", .data(into: 3)), .store(.mark, from: 3)],
        [port, .lookup("pairs")], [address, .load(.destinationPort, into: 1), .lookup("pairs")],
        [port, .lookup("ranges")],
    ]

    private static let counter = Expression.counter(Counter())
    private static let quota = Expression.quota(Quota(5))

    private static let dynamicSets: [[Expression]] = [
        [address, .dynamicSet(DynamicSet(.add, "dynamic"))],
        [address, .dynamicSet(DynamicSet(.update, "dynamic", timeout: 4000))],
        [address, .dynamicSet(DynamicSet(.delete, "dynamic", timeout: 0))],
        [.dynamicSet(DynamicSet(.add, "dynamic"))],
        [address, .dynamicSet(DynamicSet(.add, "dynamic", data: 0))],
        [address, .dynamicSet(DynamicSet(.add, "missing"))],
        [address, .dynamicSet(DynamicSet(.add, "dynamic", expressions: [counter]))],
        [address, .dynamicSet(DynamicSet(.add, "dynamic", expressions: [counter, quota]))],
        [address, .dynamicSet(DynamicSet(.add, "dynamic", expressions: [.noTrack(NoTrack())]))],
        [address, .dynamicSet(DynamicSet(.add, "counting"))],
        [address, .dynamicSet(DynamicSet(.add, "counting", expressions: [counter]))],
        [address, .dynamicSet(DynamicSet(.add, "counting", expressions: [quota]))],
        [address, .dynamicSet(DynamicSet(.add, "counting", expressions: [counter, quota]))],
        [address, .dynamicSet(DynamicSet(.add, "affinity", data: 0, timeout: 4000))],
        [address, .dynamicSet(DynamicSet(.add, "affinity"))],
        [address, .dynamicSet(DynamicSet(.add, "affinity", data: 3))],
        [port, .dynamicSet(DynamicSet(.add, "ports"))],
        [port, .dynamicSet(DynamicSet(.add, "ranges"))],
        [port, .dynamicSet(DynamicSet(.add, "verdicts"))],
        [port, .dynamicSet(DynamicSet(.add, "marks", data: 0))],
        [address, .dynamicSet(DynamicSet(.add, "plain"))],
        [address, .dynamicSet(DynamicSet(.add, "plain", timeout: 4000))],
        [address, .dynamicSet(DynamicSet(.add, "plain", expressions: [counter]))],
        [address, .dynamicSet(DynamicSet(.add, "sized"))],
        [address, .dynamicSet(DynamicSet(.add, "constant"))],
    ]

    /// What depends on where in the kernel the rule is.
    static let translations: [[Expression]] =
        [NAT.Kind.source, .destination].flatMap { kind in
            [Family.ip, .ip6, .inet, .arp].flatMap { family in
                [
                    [address, .nat(NAT(kind, family, address: 0))],
                    [address, .nat(NAT(kind, family, address: nil, port: 0))],
                ]
            }
        } + [
            [address, .nat(NAT(.source, .ip, address: nil))],
            [.nat(NAT(.source, .ip, address: 0))],
            [address, .nat(NAT(.source, .ip, address: 0, flags: [.random, .persistent]))],
            [address, .nat(NAT(.source, .ip, address: 0, flags: NATFlags(rawValue: 0x80)))],
            [
                .load(.ip6Destination), .load(.destinationPort, into: 4),
                .nat(NAT(.destination, .ip6, address: 0, port: 4)),
            ],
            [.masquerade(Masquerade())], [.masquerade(Masquerade(port: 0))],
            [port, .masquerade(Masquerade(port: 0, flags: .fullyRandom))],
            [.masquerade(Masquerade(flags: NATFlags(rawValue: 0x80)))],
            [.redirect(Redirect())], [.redirect(Redirect(port: 0))],
            [port, .redirect(Redirect(port: 0))],
            [.redirect(Redirect(flags: NATFlags(rawValue: 0x80)))],
        ]

    static let rejects: [[Expression]] = [
        [.reject(.icmp(code: 3))], [.reject(.icmp(code: 255))], [.reject(.tcpReset)],
        [.reject(.icmpAny(.portUnreachable))], [.reject(.icmpAny(.administrativelyProhibited))],
    ]

    /// What the kernel looks at when it follows packets from a base chain.
    static let placed: [[Expression]] =
        translations + rejects + [
            [.fib(FIB(.outputInterface, of: .sourceAddress))],
            [.fib(FIB(.addressKind, of: .destinationAddress))],
            [.fib(FIB(.addressKind, of: [.destinationAddress, .inputInterface]))],
            [.fib(FIB(.addressKind, of: [.destinationAddress, .outputInterface]))],
            [.socket(SocketLookup(.mark))], [.load(.packetType)],
            [.load(.mark), .store(.packetType)], [.load(.mark), .store(.mark)],
            [.load(.random)], [.load(.inputName)], [.load(.outputName)], [.noTrack(NoTrack())],
            [.load(conntrack: .state)],
        ]
}
