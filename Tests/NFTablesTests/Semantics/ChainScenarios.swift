import NFTables
import Platform

extension Scenario {
    private typealias O = Objects
    private static let missing = TableName(.ip6, "missing")

    static let chains = existingChains + baseChains + chainUpdates + chainDeletions

    private static let existingChains = [
        Scenario("add a chain", .success, [O.table, O.add("a")]),
        Scenario("add a chain again", .success, [O.table, O.add("a")], [O.add("a")]),
        Scenario(
            "add a chain again with a comment", .success, [O.table, O.add("a")],
            [.addChain(Chain(O.chain("a"), comment: "ignored"), .tolerant)]),
        Scenario(
            "add a chain with a comment", .success,
            [O.table, .addChain(Chain(O.chain("a"), comment: "kept"), .tolerant)]),
        Scenario(
            "add a chain to a missing table", .refused(.noSuchEntry, command: 0),
            [O.add("a", in: missing)]),
        Scenario("create a chain", .success, [O.table], [.addChain(Chain(O.chain("a")), .strict)]),
        Scenario(
            "create a chain that exists", .refused(.exists, command: 0), [O.table, O.add("a")],
            [.addChain(Chain(O.chain("a")), .strict)]),
        Scenario(
            "add a chain with the longest name", .success,
            [O.table, O.add(String(repeating: "c", count: 255))]),
        Scenario(
            "add a chain with a longer name", .failed(.invalid),
            [O.table, O.add(String(repeating: "c", count: 256))]),
    ]

    private static let baseChains = [
        Scenario("add a base chain", .success, [O.table, O.add("in", O.input)]),
        Scenario(
            "add a base chain that drops", .success,
            [O.table, O.add("in", .init(.filter, .input, priority: 5, policy: .drop))]),
        Scenario(
            "add a translating chain before connection tracking",
            .refused(.notSupported, command: 0), [O.table],
            [O.add("nat", .init(.nat, .prerouting, priority: -200))]),
        Scenario(
            "add a routing chain", .success,
            [O.table, O.add("route", .init(.route, .output, priority: 0))]),
        Scenario(
            "add a routing chain at another hook", .refused(.notSupported, command: 0), [O.table],
            [O.add("route", .init(.route, .input, priority: 0))]),
        Scenario(
            "add a translating chain for forwarded packets", .refused(.notSupported, command: 0),
            [O.table], [O.add("nat", .init(.nat, .forward, priority: 0))]),
        Scenario(
            "add a chain at a hook the family has not", .failed(.invalid),
            [O.table, O.add("out", .init(.filter, .egress, priority: 0))]),
        Scenario(
            "add a chain with devices at an IP hook", .refused(.notSupported, command: 0),
            [O.table], [O.add("in", .init(.filter, .input, priority: 0, devices: ["lo"]))]),
        Scenario(
            "add a chain where packets of a device come in", .success,
            [O.table, O.add("in", .init(.filter, .ingress, priority: 0, devices: ["lo"]))]),
        Scenario(
            "add a chain for a device twice", .refused(.exists, command: 0), [O.table],
            [O.add("in", .init(.filter, .ingress, priority: 0, devices: ["lo", "lo"]))]),
        Scenario(
            "add a chain for a device that is missing", .success, [O.table],
            [O.add("in", .init(.filter, .ingress, priority: 0, devices: ["nosuch"]))]),
        Scenario(
            "add a chain for no device", .success, [O.table],
            [O.add("in", .init(.filter, .ingress, priority: 0))]),
        Scenario(
            "add a chain of a kind the family has not", .refused(.noSuchEntry, command: 1),
            [
                .addTable(Table(TableName(.arp, "t")), .tolerant),
                O.add("nat", in: TableName(.arp, "t"), .init(.nat, .input, priority: 0)),
            ]),
    ]

    private static let chainUpdates = [
        Scenario(
            "add a base chain again", .success, [O.table, O.add("in", O.input)],
            [O.add("in", O.input)]),
        Scenario(
            "change a policy", .success, [O.table, O.add("in", O.input)],
            [O.add("in", .init(.filter, .input, priority: 0, policy: .drop))]),
        Scenario(
            "change a policy twice", .success, [O.table, O.add("in", O.input)],
            [O.add("in", .init(.filter, .input, priority: 0, policy: .drop)), O.add("in", O.input)]),
        Scenario(
            "change a priority", .refused(.notSupported, command: 0),
            [O.table, O.add("in", O.input)], [O.add("in", .init(.filter, .input, priority: 1))]),
        Scenario(
            "change a hook", .refused(.notSupported, command: 0),
            [O.table, O.add("in", O.input)], [O.add("in", .init(.filter, .output, priority: 0))]),
        Scenario(
            "change a kind", .refused(.exists, command: 0),
            [O.table, O.add("in", O.input)], [O.add("in", .init(.nat, .input, priority: 0))]),
        Scenario(
            "make a chain a base chain", .refused(.notSupported, command: 0),
            [O.table, O.add("a")], [O.add("a", O.input)]),
        Scenario(
            "create a base chain where a chain is", .refused(.notSupported, command: 0),
            [O.table, O.add("a")], [.addChain(Chain(O.chain("a"), base: O.input), .strict)]),
        Scenario(
            "add a base chain without saying so", .success, [O.table, O.add("in", O.input)],
            [O.add("in")]),
        Scenario(
            "create a chain where a base chain is", .refused(.exists, command: 0),
            [O.table, O.add("in", O.input)], [.addChain(Chain(O.chain("in")), .strict)]),
        Scenario(
            "give a chain another device", .success,
            [O.table, O.add("in", .init(.filter, .ingress, priority: 0, devices: ["lo"]))],
            [O.add("in", .init(.filter, .ingress, priority: 0, devices: ["other"]))]),
        Scenario(
            "give a chain another device twice", .refused(.exists, command: 1),
            [O.table, O.add("in", .init(.filter, .ingress, priority: 0, devices: ["lo"]))],
            [
                O.add("in", .init(.filter, .ingress, priority: 0, devices: ["other"])),
                O.add("in", .init(.filter, .ingress, priority: 0, devices: ["other"])),
            ]),
    ]

    private static let chainDeletions = [
        Scenario(
            "delete a chain", .success, [O.table, O.add("a")],
            [.deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "delete a base chain", .success, [O.table, O.add("in", O.input)],
            [.deleteChain(O.chain("in"), .strict)]),
        Scenario(
            "delete a chain with rules", .success,
            [O.table, O.add("a"), O.add("b"), O.rule("a", .jump("b"))],
            [.deleteChain(O.chain("a"), .strict), .deleteChain(O.chain("b"), .strict)]),
        Scenario(
            "delete a chain that is missing", .refused(.noSuchEntry, command: 0), [O.table],
            [.deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "delete a chain of a missing table", .refused(.noSuchEntry, command: 0),
            [.deleteChain(O.chain("a", in: missing), .strict)]),
        Scenario(
            "destroy a chain of a missing table", .refused(.noSuchEntry, command: 0),
            [.deleteChain(O.chain("a", in: missing), .tolerant)]),
        Scenario(
            "destroy a chain", .success, [O.table, O.add("a")],
            [.deleteChain(O.chain("a"), .tolerant)]),
        Scenario(
            "destroy a chain that is missing", .success, [O.table],
            [.deleteChain(O.chain("a"), .tolerant)]),
        Scenario(
            "delete a chain that a rule jumps to", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.add("b"), O.rule("a", .jump("b"))],
            [.deleteChain(O.chain("b"), .strict)]),
        Scenario(
            "destroy a chain that a rule goes to", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.add("b"), O.rule("a", .goto("b"))],
            [.deleteChain(O.chain("b"), .tolerant)]),
        Scenario(
            "delete a chain that jumps to itself", .refused(.busy, command: 0),
            [O.table, O.add("a"), O.rule("a", .jump("a"))],
            [.deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "delete a chain that an element leads to", .refused(.busy, command: 0),
            [
                O.table, O.add("a"), O.add(O.verdicts),
                O.add(Element(O.port(1), .verdict(.goto("a"))), to: O.verdicts),
            ], [.deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "delete a chain after the element that leads to it", .success,
            [
                O.table, O.add("a"), O.add(O.verdicts),
                O.add(Element(O.port(1), .verdict(.goto("a"))), to: O.verdicts),
            ],
            [O.delete(Element(O.port(1)), from: O.verdicts), .deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "delete a chain after the map that leads to it", .success,
            [
                O.table, O.add("a"), O.add(O.verdicts),
                O.add(.catchAll(.verdict(.jump("a"))), to: O.verdicts),
            ], [.deleteSet(O.set("verdicts"), .strict), .deleteChain(O.chain("a"), .strict)]),
        Scenario(
            "delete a chain and make it again", .success,
            [O.table, O.add("a"), O.rule("a", .drop)],
            [.deleteChain(O.chain("a"), .strict), O.add("a", O.input), O.rule("a", .accept)]),
        Scenario(
            "flush a chain", .success,
            [O.table, O.add("a"), O.rule("a", .accept), O.rule("a", .drop)],
            [.flushChain(O.chain("a"))]),
        Scenario(
            "flush a chain and fill it", .success,
            [O.table, O.add("a"), O.rule("a", .accept), O.rule("a", .drop)],
            [.flushChain(O.chain("a")), O.rule("a", .drop)]),
        Scenario(
            "flush a chain without rules", .success, [O.table, O.add("a")],
            [.flushChain(O.chain("a"))]),
        Scenario(
            "flush a chain that is missing", .refused(.noSuchEntry, command: 0), [O.table],
            [.flushChain(O.chain("a"))]),
        Scenario(
            "flush a chain of a missing table", .refused(.noSuchEntry, command: 0),
            [.flushChain(O.chain("a", in: missing))]),
    ]
}
