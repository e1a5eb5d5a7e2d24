import NFTables

extension Corpus {
    static let sets: [RulesetCase] = [
        {
            var ruleset = RulesetCase("a plain set, looked up both ways")
            let plain = NamedSet(
                ruleset.set("plain"), key: [.ipv4Address], size: 100, comment: "of clients")
            ruleset.add(plain, [Element(address(1), comment: "first"), Element(address(2))])
            ruleset.add(chain: "c")
            ruleset.add(rule: .load(.ip4Source), .lookup("plain"), .accept)
            ruleset.add(rule: .load(.ip4Source), .lookup("plain", .notMember), .drop)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("sets of every other type", .inet)
            ruleset.add(NamedSet(ruleset.set("marks"), key: [.mark]), [Element(mark(0x10))])
            ruleset.add(
                NamedSet(ruleset.set("names"), key: [.interfaceName]),
                [Element(Value(interface: "eth0"))])
            ruleset.add(
                NamedSet(ruleset.set("ports"), key: [.inetService], prefersMemory: true),
                [Element(port(80)), Element(port(443))])
            ruleset.add(
                NamedSet(ruleset.set("six"), key: [.ipv6Address]),
                [Element(Value([0xFD] + [UInt8](repeating: 0, count: 14) + [1]))])
            ruleset.add(
                NamedSet(ruleset.set("macs"), key: [.etherAddress]),
                [Element(Value([2, 0, 0, 0, 0, 1]))])
            ruleset.add(
                NamedSet(ruleset.set("protocols"), key: [.inetProtocol]), [Element(byte(6))])
            ruleset.add(NamedSet(ruleset.set("kinds"), key: [.addressKind]), [Element(mark(2))])
            ruleset.add(
                NamedSet(ruleset.set("classes"), key: [.classID]), [Element(mark(0xC000_0102))])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a set of concatenations")
            ruleset.add(
                NamedSet(ruleset.set("pairs"), key: [.ipv4Address, .inetProtocol, .inetService]),
                [Element(Value(concatenating: address(1), byte(6), port(80)))])
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .load(.ip4Destination), .load(.ip4Protocol, into: 1),
                .load(.destinationPort, into: 2), .lookup("pairs"), .accept)
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a set of intervals, to both ends of the space")
            ruleset.add(
                NamedSet(ruleset.set("ranges"), key: [.ipv4Address], flags: .interval),
                [
                    Element(Value([0, 0, 0, 0]), through: Value([0, 0, 0, 255])),
                    Element(address(1)), Element(address(4), through: address(7)),
                    Element(address(8), through: address(15)),
                    Element(address(20), through: address(22), comment: "not a prefix"),
                    Element(Value([255, 255, 255, 0]), through: Value([255, 255, 255, 255])),
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a set of concatenated intervals")
            let set = NamedSet(
                ruleset.set("ranges"), key: [.ipv4Address, .inetService], flags: .interval)
            ruleset.add(
                set,
                [
                    Element(
                        Value(concatenating: address(0), port(80)),
                        through: Value(concatenating: address(255), port(90))),
                    Element(Value(concatenating: Value([11, 0, 0, 1]), port(443))),
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a set with timeouts")
            ruleset.add(
                NamedSet(
                    ruleset.set("short"), key: [.ipv4Address], flags: .timeout, size: 1000,
                    timeout: 3_600_000, collectionInterval: 30_000),
                [Element(address(1)), Element(address(2), timeout: 7_200_000)])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a set whose elements count")
            ruleset.add(
                NamedSet(
                    ruleset.set("counting"), key: [.ipv4Address],
                    expressions: [.counter(Counter())]),
                [
                    Element(address(1), expressions: [.counter(Counter())]),
                    Element(address(2), expressions: [.counter(Counter(packets: 5, bytes: 300))]),
                ])
            return ruleset
        }(),
    ]

    static let maps: [RulesetCase] = [
        {
            var ruleset = RulesetCase("a verdict map with every verdict, followed")
            ruleset.add(chain: "c")
            ruleset.add(chain: "other")
            ruleset.add(
                NamedSet(ruleset.set("verdicts"), key: [.ipv4Address], data: .verdict),
                [
                    Element(address(1), .verdict(.accept)), Element(address(2), .verdict(.drop)),
                    Element(address(3), .verdict(.continue)),
                    Element(address(4), .verdict(.return)),
                    Element(address(5), .verdict(.jump("other"))),
                    Element(address(6), .verdict(.goto("other")), comment: "service"),
                    .catchAll(.verdict(.drop)),
                ])
            ruleset.add(rule: .load(.ip4Source), .lookup("verdicts", .verdict))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a verdict map of intervals")
            ruleset.add(chain: "c")
            ruleset.add(
                NamedSet(
                    ruleset.set("zones"), key: [.ipv4Address], data: .verdict, flags: .interval),
                [
                    Element(address(0), through: address(255), .verdict(.accept)),
                    Element(address(256), .verdict(.drop)),
                ])
            ruleset.add(rule: .load(.ip4Source), .lookup("zones", .verdict))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("the service map: endpoints by service and number")
            ruleset.add(chain: "c", Chain.Base(.nat, .prerouting, priority: -100))
            ruleset.add(
                NamedSet(
                    ruleset.set("endpoints"),
                    key: [.ipv4Address, .inetProtocol, .inetService, .mark],
                    data: .value([.ipv4Address, .inetService]), size: 1000),
                [
                    Element(
                        Value(concatenating: address(1), byte(6), port(80), mark(0)),
                        .value(Value(concatenating: address(256), port(8080))))
                ])
            ruleset.add(
                rule: .load(.ip4Destination), .load(.ip4Protocol, into: 1),
                .load(.destinationPort, into: 2), .load(.mark, into: 3),
                .lookup("endpoints", .data(into: 0)),
                .nat(NAT(.destination, .ip, address: 0, port: 1)))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a map to marks")
            ruleset.add(chain: "c")
            ruleset.add(
                NamedSet(ruleset.set("marks"), key: [.ipv4Address], data: .value([.mark])),
                [Element(address(1), .value(mark(7)))])
            ruleset.add(rule: .load(.ip4Source), .lookup("marks", .data(into: 0)), .store(.mark))
            return ruleset
        }(),
    ]

    static let dynamicSets: [RulesetCase] = [
        {
            var ruleset = RulesetCase("sets that packets change")
            ruleset.add(
                NamedSet(
                    ruleset.set("seen"), key: [.ipv4Address], flags: [.dynamic, .timeout],
                    size: 128, timeout: 60_000))
            ruleset.add(chain: "c")
            ruleset.add(rule: .load(.ip4Source), .dynamicSet(DynamicSet(.update, "seen")))
            ruleset.add(
                rule: .load(.ip4Source), .dynamicSet(DynamicSet(.add, "seen", timeout: 300_000)))
            ruleset.add(rule: .load(.ip4Source), .dynamicSet(DynamicSet(.delete, "seen")))
            ruleset.add(
                rule: .load(.ip4Source),
                .dynamicSet(
                    DynamicSet(.add, "seen", expressions: [.limit(Limit(10, per: .second))])))
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("a map that packets fill: affinity")
            ruleset.add(
                NamedSet(
                    ruleset.set("affinity"), key: [.ipv4Address, .mark],
                    data: .value([.ipv4Address, .inetService]), flags: [.dynamic, .timeout],
                    size: 500, timeout: 10_800_000))
            ruleset.add(chain: "c")
            ruleset.add(
                rule: isTCP + [
                    .load(.ip4Source), .load(.mark, into: 1), .load(.ip4Destination, into: 4),
                    .load(.destinationPort, into: 5),
                    .dynamicSet(
                        DynamicSet(.update, "affinity", data: 4, timeout: 600_000)),
                ])
            return ruleset
        }(),
        {
            var ruleset = RulesetCase("two expressions on each new element")
            ruleset.add(
                NamedSet(
                    ruleset.set("counted"), key: [.ipv4Address], size: 128,
                    expressions: [.limit(Limit(10, per: .second)), .counter(Counter())]))
            ruleset.add(
                NamedSet(
                    ruleset.set("seen"), key: [.ipv4Address], flags: .dynamic, size: 128))
            ruleset.add(chain: "c")
            ruleset.add(
                rule: .load(.ip4Source),
                .dynamicSet(
                    DynamicSet(
                        .add, "seen",
                        expressions: [.limit(Limit(10, per: .second)), .counter(Counter())])))
            return ruleset
        }(),
    ]
}
