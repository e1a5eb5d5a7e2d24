import NFTables
import Platform

extension Scenario {
    private typealias O = Objects
    private static let dormant = Command.addTable(Table(O.inet, flags: .dormant), .tolerant)
    private static let missing = TableName(.ip6, "missing")

    static let tables = [
        Scenario("add a table", .success, [O.table]),
        Scenario("add a table again", .success, [O.table], [O.table]),
        Scenario(
            "add a table with a comment", .success,
            [.addTable(Table(O.inet, comment: "a comment"), .tolerant)]),
        Scenario(
            "add a table again with a comment", .success, [O.table],
            [.addTable(Table(O.inet, comment: "ignored"), .tolerant)]),
        Scenario(
            "add the same name in another family", .success, [O.table],
            [.addTable(Table(TableName(.ip, "t")), .strict)]),
        Scenario("create a table", .success, [.addTable(Table(O.inet), .strict)]),
        Scenario(
            "create a table that exists", .refused(.exists, command: 0), [O.table],
            [.addTable(Table(O.inet), .strict)]),
        Scenario(
            "create a table twice", .refused(.exists, command: 1),
            [.addTable(Table(O.inet), .strict), .addTable(Table(O.inet), .strict)]),
        Scenario(
            "add a table with an unknown flag", .refused(.notSupported, command: 0),
            [.addTable(Table(O.inet, flags: Table.Flags(rawValue: 8)), .tolerant)]),
        Scenario("put a table to sleep", .success, [O.table], [dormant]),
        Scenario("wake a table", .success, [dormant], [O.table]),
        Scenario(
            "put a table to sleep and wake it", .refused(.invalid, command: 1), [O.table],
            [dormant, O.table]),
        Scenario(
            "put a table to sleep as it is made", .success, [O.table, dormant]),
        Scenario(
            "put a table to sleep after a chain was added again",
            .refused(.invalid, command: 1), [O.table, O.add("in", O.input)],
            [O.add("in", O.input), dormant]),
        Scenario(
            "put a table to sleep after a base chain was deleted",
            .refused(.invalid, command: 1), [O.table, O.add("in", O.input)],
            [.deleteChain(O.chain("in"), .strict), dormant]),
        Scenario(
            "add a base chain to a table put to sleep", .refused(.invalid, command: 1), [O.table],
            [dormant, O.add("in", O.input)]),
        Scenario(
            "own a table", .success, [.addTable(Table(O.inet, flags: .owner), .tolerant)]),
        Scenario(
            "own a table later", .refused(.notSupported, command: 0), [O.table],
            [.addTable(Table(O.inet, flags: .owner), .tolerant)]),
        Scenario(
            "give a table up", .refused(.notSupported, command: 0),
            [.addTable(Table(O.inet, flags: .owner), .tolerant)], [O.table]),
        Scenario(
            "put an owned table to sleep", .refused(.notSupported, command: 0),
            [.addTable(Table(O.inet, flags: .owner), .tolerant)],
            [.addTable(Table(O.inet, flags: [.owner, .dormant]), .tolerant)]),
        Scenario(
            "take on a table that outlived its owner", .success,
            [.addTable(Table(O.inet, flags: .persist), .tolerant)],
            [.addTable(Table(O.inet, flags: [.owner, .persist]), .tolerant)]),
        Scenario(
            "make a table outlive its owner later", .refused(.notSupported, command: 0),
            [O.table], [.addTable(Table(O.inet, flags: .persist), .tolerant)]),
        Scenario("delete a table", .success, [O.table], [.deleteTable(O.inet, .strict)]),
        Scenario(
            "delete a table with all it holds", .success,
            [
                O.table, O.add("a"), O.add("in", O.input), O.add(O.verdicts),
                O.rule("in", .jump("a")),
                O.add(Element(O.port(1), .verdict(.jump("a"))), to: O.verdicts),
                O.rule("in", O.port, .lookup(Lookup("verdicts", .verdict))),
            ], [.deleteTable(O.inet, .strict)]),
        Scenario(
            "delete a table that is missing", .refused(.noSuchEntry, command: 0),
            [.deleteTable(missing, .strict)]),
        Scenario(
            "delete a table twice", .refused(.noSuchEntry, command: 1), [O.table],
            [.deleteTable(O.inet, .strict), .deleteTable(O.inet, .strict)]),
        Scenario(
            "delete a table and make it again", .success,
            [O.table, O.add("a"), O.rule("a", .drop)],
            [.deleteTable(O.inet, .strict), O.table, O.add("b"), O.rule("b", .accept)]),
        Scenario("destroy a table", .success, [O.table], [.deleteTable(O.inet, .tolerant)]),
        Scenario(
            "destroy a table that is missing", .success, [.deleteTable(missing, .tolerant)]),
        Scenario(
            "flush a table", .success,
            [
                O.table, O.add("a"), O.add("b"), O.rule("a", .jump("b")), O.rule("b", .accept),
                O.rule("b", .drop),
            ],
            [.flushTable(O.inet)]),
        Scenario("flush a table without chains", .success, [O.table], [.flushTable(O.inet)]),
        Scenario(
            "flush a table that is missing", .refused(.noSuchEntry, command: 0),
            [.flushTable(missing)]),
    ]
}
