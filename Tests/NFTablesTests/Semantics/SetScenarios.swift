import NFTables
import Platform

extension Scenario {
    private typealias O = Objects
    private static let missing = TableName(.ip6, "missing")
    private static let missingSet = NamedSet(SetName(missing, "s"), key: [.inetService])
    private static let lookup = O.rule("a", O.port, .lookup(Lookup("ports")))
    private static let used = [O.table, O.add("a"), O.add(O.ports), lookup]
    private static let mapUsed = [
        O.table, O.add("a"), O.add(O.verdicts),
        O.rule("a", O.port, .lookup(Lookup("verdicts", .verdict))),
    ]

    static let sets =
        setAdditions + setUpdates + setFlags + setDeletions + mapCommands + anonymousSets

    private static let setAdditions = [
        Scenario("add a set", .success, [O.table, O.add(O.ports)]),
        Scenario("add a set again", .success, [O.table, O.add(O.ports)], [O.add(O.ports)]),
        Scenario(
            "add a set to a missing table", .refused(.noSuchEntry, command: 0),
            [O.add(missingSet)]),
        Scenario("create a set", .success, [O.table], [O.create(O.ports)]),
        Scenario(
            "create a set that exists", .refused(.exists, command: 0), [O.table, O.add(O.ports)],
            [O.create(O.ports)]),
        Scenario(
            "add every kind of set", .success,
            [
                O.table, O.add(O.ports), O.add(O.addresses), O.add(O.verdicts), O.add(O.backends),
                O.add(O.ranges), O.add(O.rangeMap), O.add(O.pairs), O.add(O.aging),
            ]),
        Scenario(
            "add a set with all properties", .success,
            [
                O.table,
                O.add(
                    NamedSet(
                        O.set("full"), key: [.ipv6Address], data: .value([.inetService]),
                        flags: [.timeout, .dynamic], size: 7, timeout: 4000,
                        collectionInterval: 8000, prefersMemory: true,
                        expressions: [.counter(Counter()), .quota(Quota(1000))],
                        comment: "all")),
            ]),
        Scenario(
            "add a set with properties of zero", .success,
            [
                O.table,
                O.add(
                    O.aging.with {
                        $0.size = 0
                        $0.timeout = 0
                        $0.collectionInterval = 0
                    }),
            ]),
        Scenario(
            "add a set with a key too long", .refused(.invalid, command: 1),
            [
                O.table,
                O.add(
                    NamedSet(
                        O.set("s"),
                        key: [.ipv6Address, .ipv6Address, .ipv6Address, .ipv6Address, .mark])),
            ]),
        Scenario(
            "add a set without a key", .refused(.invalid, command: 1),
            [O.table, O.add(NamedSet(O.set("s"), key: []))]),
        Scenario(
            "add a map without a value", .refused(.invalid, command: 1),
            [O.table, O.add(NamedSet(O.set("s"), key: [.mark], data: .value([])))]),
        Scenario(
            "add a set whose elements translate", .refused(.notSupported, command: 1),
            [O.table, O.add(O.ports.with { $0.expressions = [.masquerade(Masquerade())] })]),
        Scenario(
            "add a set whose limit is zero", .refused(.invalid, command: 1),
            [O.table, O.add(O.ports.with { $0.expressions = [.limit(Limit(0, per: .second))] })]),
    ]

    private static let setUpdates = [
        Scenario(
            "add a set with another key", .refused(.exists, command: 0), [O.table, O.add(O.ports)],
            [O.add(O.ports.with { $0.key = [.mark] })]),
        Scenario(
            "add a set with a key of another type", .refused(.exists, command: 0),
            [O.table, O.add(O.addresses)], [O.add(O.addresses.with { $0.key = [.mark] })]),
        Scenario(
            "add a set as a map", .refused(.exists, command: 0), [O.table, O.add(O.ports)],
            [O.add(O.ports.with { $0.data = .verdict })]),
        Scenario(
            "add a map with other data", .refused(.exists, command: 0),
            [O.table, O.add(O.backends)],
            [O.add(O.backends.with { $0.data = .value([.ipv4Address, .inetService]) })]),
        Scenario(
            "add a set with other flags", .refused(.exists, command: 0),
            [O.table, O.add(O.ports)], [O.add(O.ports.with { $0.flags = .interval })]),
        Scenario(
            "add a set with expressions", .refused(.exists, command: 0),
            [O.table, O.add(O.ports)],
            [O.add(O.ports.with { $0.expressions = [.counter(Counter())] })]),
        Scenario(
            "add a set with another expression", .refused(.exists, command: 0),
            [O.table, O.add(O.ports.with { $0.expressions = [.counter(Counter())] })],
            [O.add(O.ports.with { $0.expressions = [.quota(Quota(5))] })]),
        Scenario(
            "add a set with the same expression", .success,
            [O.table, O.add(O.ports.with { $0.expressions = [.quota(Quota(6))] })],
            [O.add(O.ports.with { $0.expressions = [.quota(Quota(5))] })]),
        Scenario(
            "add a set with another comment and policy", .success, [O.table, O.add(O.ports)],
            [
                O.add(
                    O.ports.with {
                        $0.comment = "ignored"
                        $0.prefersMemory = true
                    })
            ]),
        Scenario(
            "change a timeout", .success, [O.table, O.add(O.aging)],
            [
                O.add(O.aging.with { $0.timeout = 8000 }),
                O.add(Element(O.address(1)), to: O.aging),
            ]),
        Scenario(
            "take a timeout away", .success,
            [O.table, O.add(O.aging), O.add(Element(O.address(1)), to: O.aging)],
            [O.add(O.aging.with { $0.timeout = nil })]),
        Scenario(
            "give a set a size", .refused(.tooManyOpenFilesInSystem, command: 0),
            [O.table, O.add(O.ports)], [O.add(O.ports.with { $0.size = 1 })],
            [O.add(Element(O.port(1)), Element(O.port(2)), to: O.ports)]),
        Scenario(
            "give a set a size after filling it", .success,
            [O.table, O.add(O.ports)],
            [
                O.add(O.ports.with { $0.size = 1 }),
                O.add(Element(O.port(1)), Element(O.port(2)), to: O.ports),
            ]),
        Scenario(
            "take a size away", .success, [O.table, O.add(O.ports.with { $0.size = 1 })],
            [O.add(O.ports)]),
    ]

    private static let setFlags = [
        Scenario(
            "add a set that packets fill with intervals", .refused(.notSupported, command: 1),
            [O.table, O.add(O.ranges.with { $0.flags.insert(.dynamic) })]),
        Scenario(
            "add a constant set with timeouts", .refused(.notSupported, command: 1),
            [O.table, O.add(O.ports.with { $0.flags = [.constant, .timeout] })]),
        Scenario(
            "add a timeout to a set without", .refused(.invalid, command: 1),
            [O.table, O.add(O.ports.with { $0.timeout = 1000 })]),
        Scenario(
            "add a collection interval to a set without timeouts", .refused(.invalid, command: 1),
            [O.table, O.add(O.ports.with { $0.collectionInterval = 1000 })]),
        Scenario(
            "add a set with an unknown flag", .refused(.notSupported, command: 1),
            [O.table, O.add(O.ports.with { $0.flags = NamedSet.Flags(rawValue: 0x1000) })]),
        Scenario(
            "change a constant set while a rule uses it", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.add(O.ports.with { $0.flags = .constant }), lookup],
            [O.add(Element(O.port(1)), to: O.ports)]),
        Scenario(
            "change a constant set as its rule goes", .refused(.busy, command: 1),
            [O.table, O.add("a"), O.add(O.ports.with { $0.flags = .constant }), lookup],
            [.flushChain(O.chain("a")), O.add(Element(O.port(1)), to: O.ports)]),
        Scenario(
            "change a constant set when no rule uses it", .success,
            [O.table, O.add("a"), O.add(O.ports.with { $0.flags = .constant }), lookup],
            [.flushChain(O.chain("a"))], [O.add(Element(O.port(1)), to: O.ports)]),
        Scenario(
            "flush a constant set while a rule uses it", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.add(O.ports.with { $0.flags = .constant }), lookup],
            [.flushSet(O.set("ports"))]),
    ]

    private static let setDeletions = [
        Scenario(
            "delete a set", .success, [O.table, O.add(O.ports)],
            [.deleteSet(O.set("ports"), .strict)]),
        Scenario(
            "delete a set with elements", .success,
            [O.table, O.add(O.ports), O.add(Element(O.port(1)), to: O.ports)],
            [.deleteSet(O.set("ports"), .strict)]),
        Scenario(
            "delete a set that is missing", .refused(.noSuchEntry, command: 0), [O.table],
            [.deleteSet(O.set("ports"), .strict)]),
        Scenario(
            "delete a set of a missing table", .refused(.noSuchEntry, command: 0),
            [.deleteSet(SetName(missing, "s"), .strict)]),
        Scenario(
            "delete a set that a rule uses", .refused(.busy, command: 0), used,
            [.deleteSet(O.set("ports"), .strict)]),
        Scenario(
            "delete a set after its rule", .success, used,
            [.flushChain(O.chain("a")), .deleteSet(O.set("ports"), .strict)]),
        Scenario(
            "delete a set and make it again", .success,
            [O.table, O.add(O.ports), O.add(Element(O.port(1)), to: O.ports)],
            [.deleteSet(O.set("ports"), .strict), O.create(O.ports.with { $0.key = [.mark] })]),
        Scenario(
            "destroy a set", .success, [O.table, O.add(O.ports)],
            [.deleteSet(O.set("ports"), .tolerant)]),
        Scenario(
            "destroy a set that is missing", .success, [O.table],
            [.deleteSet(O.set("ports"), .tolerant)]),
        Scenario(
            "destroy a set that a rule uses", .refused(.busy, command: 0), used,
            [.deleteSet(O.set("ports"), .tolerant)]),
        Scenario(
            "flush a set", .success,
            [O.table, O.add(O.ports), O.add(Element(O.port(1)), Element(O.port(2)), to: O.ports)],
            [.flushSet(O.set("ports"))]),
        Scenario(
            "flush a set and fill it", .success,
            [O.table, O.add(O.ports), O.add(Element(O.port(1)), to: O.ports)],
            [.flushSet(O.set("ports")), O.create(Element(O.port(1)), in: O.ports)]),
        Scenario(
            "flush a set that is empty", .success, [O.table, O.add(O.ports)],
            [.flushSet(O.set("ports"))]),
        Scenario(
            "flush a set that is missing", .refused(.noSuchEntry, command: 0), [O.table],
            [.flushSet(O.set("ports"))]),
    ]

    private static let mapCommands = [
        Scenario("add a map", .success, [O.table, O.add(O.verdicts)]),
        Scenario(
            "add a map where a set is", .refused(.exists, command: 0),
            [O.table, O.add(O.verdicts.with { $0.data = nil })], [O.add(O.verdicts)]),
        Scenario(
            "add a map with data too long", .refused(.invalid, command: 0), [O.table],
            [
                O.add(
                    NamedSet(
                        O.set("m"), key: [.mark],
                        data: .value(ValueType([DataType](repeating: .ipv6Address, count: 5)))))
            ]),
        Scenario("create a map", .success, [O.table], [O.create(O.verdicts)]),
        Scenario(
            "create a map that exists", .refused(.exists, command: 0),
            [O.table, O.add(O.verdicts)], [O.create(O.verdicts)]),
        Scenario(
            "delete a map", .success, [O.table, O.add(O.verdicts)],
            [.deleteSet(O.set("verdicts"), .strict)]),
        Scenario(
            "delete a map that a rule uses", .refused(.busy, command: 0), mapUsed,
            [.deleteSet(O.set("verdicts"), .strict)]),
        Scenario(
            "destroy a map", .success, [O.table, O.add(O.verdicts)],
            [.deleteSet(O.set("verdicts"), .tolerant)]),
        Scenario(
            "destroy a map that a rule uses", .refused(.busy, command: 0), mapUsed,
            [.deleteSet(O.set("verdicts"), .tolerant)]),
        Scenario(
            "flush a map", .success,
            [
                O.table, O.add("a"), O.add(O.verdicts),
                O.add(
                    Element(O.port(1), .verdict(.jump("a"))), .catchAll(.verdict(.goto("a"))),
                    to: O.verdicts),
            ], [.flushSet(O.set("verdicts")), .deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "flush a constant map while a rule uses it", .refused(.busy, command: 0),
            [
                O.table, O.add("a"), O.add(O.verdicts.with { $0.flags = .constant }),
                O.rule("a", O.port, .lookup(Lookup("verdicts", .verdict))),
            ], [.flushSet(O.set("verdicts"))]),
    ]

    private static let unnamed = O.ports.with { $0.flags = [.anonymous, .constant] }
    private static let unnamedMap = O.verdicts.with { $0.flags = [.anonymous, .constant] }

    private static let anonymousSets = [
        Scenario(
            "add an anonymous set with its rule", .success,
            [
                O.table, O.add("a"), O.add(unnamed), O.add(Element(O.port(1)), to: unnamed), lookup,
            ]),
        Scenario(
            "add an anonymous set without a rule", .refused(.invalid, command: 0),
            [O.table, O.add(unnamed)]),
        Scenario(
            "delete an anonymous set with its rule", .success,
            [
                O.table, O.add("a"), O.add("b"), O.add(unnamedMap),
                O.add(Element(O.port(1), .verdict(.jump("b"))), to: unnamedMap),
                O.rule("a", O.port, .lookup(Lookup("verdicts", .verdict))),
            ], [.flushChain(O.chain("a")), .deleteChain(O.chain("b"), .strict)]),
        Scenario(
            "use an anonymous set twice", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.add(unnamed), lookup], [lookup]),
        Scenario(
            "add to an anonymous set in use", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.add(unnamed), lookup],
            [O.add(Element(O.port(2)), to: unnamed)]),
        Scenario(
            "delete from an anonymous set", .refused(.notSupported, command: 0),
            [O.table, O.add("a"), O.add(unnamed), O.add(Element(O.port(1)), to: unnamed), lookup],
            [O.delete(Element(O.port(1)), from: unnamed)]),
        Scenario(
            "add an anonymous set again", .refused(.notSupported, command: 0),
            [O.table, O.add("a"), O.add(unnamed), lookup], [O.add(unnamed)]),
    ]
}
