import NFTables
import Platform

extension Scenario {
    private typealias O = Objects
    private static let chainsABC = [
        O.table, O.add("in", O.input), O.add("a"), O.add("b"), O.add("c"),
    ]
    private static let lookup = [
        O.add(O.verdicts), O.rule("in", O.port, .lookup(Lookup("verdicts", .verdict))),
    ]

    /// Chains c0 to cN, each with a jump to the next, and a base chain that jumps to the first.
    private static func ladder(_ rungs: Int) -> [Command] {
        let chains = (0...rungs).map { O.add("c\($0)") }
        let jumps = (0..<rungs).map { O.rule("c\($0)", .jump("c\($0 + 1)")) }
        return [O.table, O.add("in", O.input)] + chains + jumps + [O.rule("in", .jump("c0"))]
    }

    static let jumps = [
        Scenario(
            "jump to a missing chain", .refused(.noSuchEntry, command: 0), chainsABC,
            [O.rule("a", .jump("missing"))]),
        Scenario(
            "jump to a chain made later", .refused(.noSuchEntry, command: 0), chainsABC,
            [O.rule("a", .jump("later")), O.add("later")]),
        Scenario(
            "jump to a base chain", .refused(.notSupported, command: 0), chainsABC,
            [O.rule("a", .jump("in"))]),
        Scenario(
            "jump to a chain of another table", .refused(.noSuchEntry, command: 2), chainsABC,
            [
                .addTable(Table(O.ip), .tolerant), O.add("z", in: O.ip),
                O.rule("z", in: O.ip, .jump("a")),
            ]),
        Scenario(
            "loop where no packet comes", .success, chainsABC,
            [O.rule("a", .jump("b")), O.rule("b", .goto("a"))]),
        Scenario(
            "jump into a loop", .refused(.tooManyLinks, command: 1),
            chainsABC + [O.rule("a", .jump("b")), O.rule("b", .goto("a"))],
            [O.rule("c", .accept), O.rule("in", .jump("a"))]),
        Scenario(
            "close a loop", .refused(.tooManyLinks, command: 1),
            chainsABC + [O.rule("in", .jump("a")), O.rule("a", .jump("b"))],
            [O.rule("c", .accept), O.rule("b", .goto("a")), O.rule("c", .drop)]),
        Scenario(
            "close a loop and open it", .success,
            chainsABC + [O.rule("in", .jump("a")), O.rule("a", .jump("b"))],
            [O.rule("b", .goto("a")), .flushChain(O.chain("a"))]),
        Scenario(
            "close a loop through a map", .refused(.tooManyLinks, command: 0),
            chainsABC + lookup + [O.rule("a", O.port, .lookup(Lookup("verdicts", .verdict)))],
            [O.add(Element(O.port(1), .verdict(.jump("a"))), to: O.verdicts)]),
        Scenario(
            "close a loop through a map's default", .refused(.tooManyLinks, command: 0),
            chainsABC + lookup + [O.rule("a", O.port, .lookup(Lookup("verdicts", .verdict)))],
            [O.add(.catchAll(.verdict(.goto("a"))), to: O.verdicts)]),
        Scenario(
            "close a loop by looking a map up", .refused(.tooManyLinks, command: 0),
            chainsABC + [
                O.add(O.verdicts), O.add(Element(O.port(1), .verdict(.jump("a"))), to: O.verdicts),
                O.rule("in", .jump("a")),
            ], [O.rule("a", O.port, .lookup(Lookup("verdicts", .verdict)))]),
        Scenario(
            "an element that leads to a missing chain", .refused(.noSuchEntry, command: 0),
            chainsABC + lookup,
            [O.add(Element(O.port(1), .verdict(.jump("missing"))), to: O.verdicts)]),
        Scenario(
            "an element that leads to a base chain", .refused(.notSupported, command: 0),
            chainsABC + lookup,
            [O.add(Element(O.port(1), .verdict(.jump("in"))), to: O.verdicts)]),
        Scenario("jump as deep as the stack", .success, ladder(14)),
        Scenario("jump deeper than the stack", .refused(.tooManyLinks, command: 33), ladder(15)),
        Scenario(
            "translate in a chain that filters", .refused(.notSupported, command: 1), chainsABC,
            [
                O.rule("a", O.address, .nat(NAT(.destination, .ip, address: 0))),
                O.rule("in", .jump("a")),
            ]),
        Scenario(
            "translate the source before routing", .refused(.notSupported, command: 1),
            [O.table, O.add("pre", O.prerouting)],
            [
                O.rule("pre", .accept),
                O.rule("pre", O.address, .nat(NAT(.source, .ip, address: 0))),
            ]),
        Scenario(
            "translate the destination before routing", .success,
            [O.table, O.add("pre", O.prerouting)],
            [O.rule("pre", O.address, .nat(NAT(.destination, .ip, address: 0)))]),
        Scenario(
            "masquerade before routing", .refused(.notSupported, command: 0),
            [O.table, O.add("pre", O.prerouting)], [O.rule("pre", .masquerade(Masquerade()))]),
        Scenario(
            "masquerade in a chain that both kinds of hook reach",
            .refused(.notSupported, command: 0),
            [
                O.table, O.add("pre", O.prerouting), O.add("post", O.postrouting), O.add("a"),
                O.rule("a", .masquerade(Masquerade())), O.rule("post", .jump("a")),
            ], [O.rule("pre", .jump("a"))]),
        Scenario(
            "find an invalid table behind a valid one", .refused(.tooManyLinks, command: 3),
            chainsABC + [
                .addTable(Table(O.ip), .tolerant),
                O.add("in", in: O.ip, O.input), O.add("a", in: O.ip),
                O.rule("in", in: O.ip, .jump("a")),
            ],
            [
                O.rule("in", .jump("a")), O.rule("a", .jump("b")), O.rule("b", .accept),
                O.rule("a", in: O.ip, .jump("a")),
            ]),
        Scenario(
            "make an invalid table", .refused(.tooManyLinks, command: 4),
            [
                O.table, O.add("in", O.input), O.add("a"), O.rule("in", .jump("a")),
                O.rule("a", .jump("a")),
            ]),
    ]
}
