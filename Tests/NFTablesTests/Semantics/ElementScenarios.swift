import NFTables
import Platform

extension Scenario {
    private typealias O = Objects
    private static let one = Element(O.port(1))
    private static let two = Element(O.port(2))
    private static let withPorts = [O.table, O.add(O.ports), O.add(one, to: O.ports)]
    private static let withBackends = [
        O.table, O.add(O.backends),
        O.add(Element(O.pair(1, 80), .value(O.address(9))), to: O.backends),
    ]
    private static let counting = O.ports.with { $0.expressions = [.counter(Counter())] }
    private static let small = O.ports.with { $0.size = 1 }
    private static let withAging = [
        O.table, O.add(O.aging), O.add(Element(O.address(1)), to: O.aging),
        O.add(Element(O.address(2), timeout: 8000), to: O.aging),
        O.add(Element(O.address(3), timeout: 0), to: O.aging),
    ]

    static let elements =
        elementAdditions + elementMisfits + elementDeletions + elementSizes + elementTimeouts
        + elementExpressions

    private static let elementAdditions = [
        Scenario("add elements", .success, withPorts, [O.add(two, to: O.ports)]),
        Scenario("add an element again", .success, withPorts, [O.add(one, to: O.ports)]),
        Scenario(
            "add an element again with a comment", .success, withPorts,
            [O.add(Element(O.port(1), comment: "ignored"), to: O.ports)]),
        Scenario("create an element", .success, withPorts, [O.create(two, in: O.ports)]),
        Scenario(
            "create an element that exists", .refused(.exists, command: 0), withPorts,
            [O.create(two, one, in: O.ports)]),
        Scenario(
            "create an element twice", .refused(.exists, command: 0), withPorts,
            [O.create(two, two, in: O.ports)]),
        Scenario("add an element twice", .success, withPorts, [O.add(two, two, to: O.ports)]),
        Scenario(
            "add an element with other data", .refused(.exists, command: 0), withBackends,
            [O.add(Element(O.pair(1, 80), .value(O.address(8))), to: O.backends)]),
        Scenario(
            "add an element with the same data", .success, withBackends,
            [O.add(Element(O.pair(1, 80), .value(O.address(9))), to: O.backends)]),
        Scenario(
            "replace an element", .success, withBackends,
            [
                O.delete(Element(O.pair(1, 80)), from: O.backends),
                O.create(Element(O.pair(1, 80), .value(O.address(8))), in: O.backends),
            ]),
        Scenario(
            "add the default element", .success, withBackends,
            [O.add(.catchAll(.value(O.address(7))), to: O.backends)]),
        Scenario(
            "add another default element", .refused(.exists, command: 1), withBackends,
            [
                O.add(.catchAll(.value(O.address(7))), to: O.backends),
                O.add(.catchAll(.value(O.address(6))), to: O.backends),
            ]),
        Scenario(
            "add to a missing set", .refused(.noSuchEntry, command: 0), [O.table],
            [O.add(one, to: O.ports)]),
        Scenario(
            "add to a set of a missing table", .refused(.noSuchEntry, command: 0), [],
            [O.add(one, to: O.ports)]),
    ]

    private static let elementMisfits = [
        Scenario(
            "add a key too short", .refused(.invalid, command: 0), withPorts,
            [O.add(Element(Value([1])), to: O.ports)]),
        Scenario(
            "add a key too long", .refused(.invalid, command: 0), withPorts,
            [O.add(Element(Value([1, 2, 3])), to: O.ports)]),
        Scenario(
            "add data of the wrong size", .refused(.invalid, command: 0), withBackends,
            [O.add(Element(O.pair(2, 80), .value(Value([1, 2]))), to: O.backends)]),
        Scenario(
            "add empty data", .refused(.invalid, command: 0), withBackends,
            [O.add(Element(O.pair(2, 80), .value(Value())), to: O.backends)]),
        Scenario(
            "add an element without data to a map", .refused(.invalid, command: 0), withBackends,
            [O.add(Element(O.pair(2, 80)), to: O.backends)]),
        Scenario(
            "add an element with data to a set", .refused(.invalid, command: 0), withPorts,
            [O.add(Element(O.port(2), .value(O.port(3))), to: O.ports)]),
        Scenario(
            "add a verdict to a map of values", .refused(.invalid, command: 0), withBackends,
            [O.add(Element(O.pair(2, 80), .verdict(.accept)), to: O.backends)]),
        Scenario(
            "add a value to a map of verdicts", .refused(.invalid, command: 0),
            [O.table, O.add(O.verdicts)],
            [O.add(Element(O.port(2), .value(O.port(3))), to: O.verdicts)]),
        Scenario(
            "add an interval to a set without", .refused(.invalid, command: 0), withPorts,
            [O.add(Element(O.port(2), through: O.port(3)), to: O.ports)]),
        Scenario(
            "split an interval for a set without", .refused(.invalid, command: 0), withPorts,
            [O.add(one, to: O.ports.with { $0.flags = .interval })]),
        Scenario(
            "add all verdicts", .success,
            [O.table, O.add("a"), O.add(O.verdicts)],
            [
                O.add(
                    Element(O.port(1), .verdict(.accept)), Element(O.port(2), .verdict(.drop)),
                    Element(O.port(3), .verdict(.continue)),
                    Element(O.port(4), .verdict(.return)),
                    Element(O.port(5), .verdict(.jump("a"))),
                    Element(O.port(6), .verdict(.goto("a"))), to: O.verdicts)
            ]),
    ]

    private static let elementDeletions = [
        Scenario("delete an element", .success, withPorts, [O.delete(one, from: O.ports)]),
        Scenario(
            "delete a missing element", .refused(.noSuchEntry, command: 0), withPorts,
            [O.delete(one, two, from: O.ports)]),
        Scenario(
            "delete an element twice", .refused(.noSuchEntry, command: 1), withPorts,
            [O.delete(one, from: O.ports), O.delete(one, from: O.ports)]),
        Scenario(
            "delete an element by the wrong data", .success, withBackends,
            [O.delete(Element(O.pair(1, 80), .value(O.address(5))), from: O.backends)]),
        Scenario(
            "delete an element by a short key", .refused(.invalid, command: 0), withPorts,
            [O.delete(Element(Value([1])), from: O.ports)]),
        Scenario(
            "delete the default element", .success,
            [O.table, O.add(O.verdicts), O.add(.catchAll(.verdict(.drop)), to: O.verdicts)],
            [O.delete(.catchAll(), from: O.verdicts)]),
        Scenario(
            "delete a missing default element", .refused(.noSuchEntry, command: 0),
            [O.table, O.add(O.verdicts)], [O.delete(.catchAll(), from: O.verdicts)]),
        Scenario("destroy an element", .success, withPorts, [O.destroy(one, two, in: O.ports)]),
        Scenario(
            "destroy an element by a short key", .refused(.invalid, command: 0), withPorts,
            [O.destroy(Element(Value([1])), in: O.ports)]),
        Scenario(
            "delete from a missing set", .refused(.noSuchEntry, command: 0), [O.table],
            [O.delete(one, from: O.ports)]),
        Scenario(
            "destroy in a missing set", .refused(.noSuchEntry, command: 0), [O.table],
            [O.destroy(one, in: O.ports)]),
    ]

    private static let elementSizes = [
        Scenario(
            "fill a set", .success, [O.table, O.add(small)], [O.add(one, to: small)]),
        Scenario(
            "add to a full set", .refused(.tooManyOpenFilesInSystem, command: 0),
            [O.table, O.add(small), O.add(one, to: small)], [O.add(two, to: small)]),
        Scenario(
            "add what a full set has", .success,
            [O.table, O.add(small), O.add(one, to: small)], [O.add(one, to: small)]),
        Scenario(
            "add to a full set what replaces", .success,
            [O.table, O.add(small), O.add(one, to: small)],
            [O.delete(one, from: small), O.add(two, to: small)]),
        Scenario(
            "add the default element to a full set", .success,
            [O.table, O.add(small), O.add(one, to: small)], [O.add(.catchAll(), to: small)]),
    ]

    private static let elementTimeouts = [
        Scenario("add elements with timeouts", .success, withAging),
        Scenario(
            "add a timeout to a set without", .refused(.invalid, command: 0), withPorts,
            [O.add(Element(O.port(2), timeout: 1000), to: O.ports)]),
        Scenario(
            "change an element's timeout", .success, withAging,
            [O.add(Element(O.address(2), timeout: 12_000), to: O.aging)]),
        Scenario(
            "change an element's timeout twice", .success, withAging,
            [
                O.add(Element(O.address(2), timeout: 12_000), to: O.aging),
                O.add(Element(O.address(2), timeout: 8000), to: O.aging),
            ]),
        Scenario(
            "give an element the set's timeout", .success, withAging,
            [O.add(Element(O.address(2)), Element(O.address(3)), to: O.aging)]),
        Scenario(
            "create an element with another timeout", .refused(.exists, command: 0), withAging,
            [O.create(Element(O.address(2), timeout: 12_000), in: O.aging)]),
        Scenario(
            "let the default element age", .success, withAging,
            [O.add(.catchAll(), to: O.aging)], [O.add(.catchAll(), to: O.aging)]),
    ]

    private static let elementExpressions = [
        Scenario(
            "give elements the set's expressions", .success,
            [O.table, O.add(counting), O.add(one, .catchAll(), to: counting)]),
        Scenario(
            "give an element a counter's state", .success,
            [
                O.table, O.add(counting),
                O.add(
                    Element(O.port(1), expressions: [.counter(Counter(packets: 3, bytes: 99))]),
                    to: counting),
            ]),
        Scenario(
            "give an element another expression", .refused(.notSupported, command: 0),
            [O.table, O.add(counting)],
            [O.add(Element(O.port(1), expressions: [.quota(Quota(5))]), to: counting)]),
        Scenario(
            "give an element an expression of its own", .success, withPorts,
            [O.add(Element(O.port(2), expressions: [.quota(Quota(5))]), to: O.ports)]),
        Scenario(
            "give an element two expressions of its own", .success, withPorts,
            [
                O.add(
                    Element(O.port(2), expressions: [.quota(Quota(5)), .counter(Counter())]),
                    to: O.ports)
            ]),
        Scenario(
            "give an element more expressions than the set",
            .refused(.argumentListTooLong, command: 0), [O.table, O.add(counting)],
            [
                O.add(
                    Element(O.port(1), expressions: [.counter(Counter()), .counter(Counter())]),
                    to: counting)
            ]),
        Scenario(
            "give an element fewer expressions than the set",
            .refused(.notSupported, command: 0),
            [O.table, O.add(counting.with { $0.expressions.append(.quota(Quota(5))) })],
            [O.add(Element(O.port(1), expressions: [.counter(Counter())]), to: counting)]),
        Scenario(
            "give an element an expression without a state", .refused(.notSupported, command: 0),
            withPorts,
            [O.add(Element(O.port(2), expressions: [.noTrack(NoTrack())]), to: O.ports)]),
        Scenario(
            "give an element a limit's default", .success, withPorts,
            [
                O.add(
                    Element(
                        O.port(2), expressions: [.limit(Limit(7, per: .minute, burst: 0))]),
                    to: O.ports)
            ]),
    ]
}
