import NFTables
import Platform
import TestSupport
import Testing

@Suite struct `Fake ruleset` {
    private typealias O = Objects

    private func ruleset(_ commands: Command...) throws -> FakeRuleset {
        var fake = FakeRuleset()
        try fake.apply(Transaction(commands: commands))
        return fake
    }

    @Test func `lets elements expire when their time has passed`() throws {
        var fake = try ruleset(
            O.table, O.add(O.aging),
            O.add(
                Element(O.address(1)), Element(O.address(2), timeout: 90_000),
                Element(O.address(3), timeout: 0), to: O.aging))
        fake.advance(by: .milliseconds(59_999))
        #expect(try fake.elements(of: O.aging).map(\.expiration) == [1, 30_001, nil])
        fake.advance(by: .milliseconds(1))
        #expect(try fake.elements(of: O.aging).map(\.key) == [O.address(2), O.address(3)])
        fake.advance(by: .seconds(3600))
        #expect(try fake.elements(of: O.aging).map(\.key) == [O.address(3)])
    }

    @Test func `lets the time of an element begin when it is changed`() throws {
        var fake = try ruleset(
            O.table, O.add(O.aging), O.add(Element(O.address(1), timeout: 9000), to: O.aging))
        fake.advance(by: .seconds(5))
        let longer = Element(O.address(1), timeout: 10_000)
        try fake.apply(Transaction(commands: [O.add(longer, to: O.aging)]))
        // Adding it with the same timeout changes nothing.
        fake.advance(by: .seconds(5))
        try fake.apply(Transaction(commands: [O.add(longer, to: O.aging)]))
        #expect(try fake.elements(of: O.aging).map(\.expiration) == [5000])
    }

    @Test func `frees a chain when the element that leads there expires`() throws {
        let verdicts = O.verdicts.with { $0.flags = .timeout }
        var fake = try ruleset(
            O.table, O.add("a"), O.add(verdicts),
            O.add(Element(O.port(1), .verdict(.jump("a")), timeout: 1000), to: verdicts),
            O.add(.catchAll(.verdict(.goto("a"))), to: verdicts))
        let deletion = Transaction(commands: [
            O.delete(.catchAll(), from: verdicts), .deleteChain(O.chain("a"), .strict),
        ])
        #expect(throws: NFTablesError.self) { try fake.apply(deletion) }
        fake.advance(by: .seconds(1))
        try fake.apply(deletion)
    }

    @Test func `lets an interval expire with its end`() throws {
        let ranges = O.ranges.with { $0.flags.insert(.timeout) }
        let range = Element(O.port(5), through: O.port(9), timeout: 1000)
        let other = Element(O.port(10), through: O.port(12), timeout: 2000)
        var fake = try ruleset(O.table, O.add(ranges), O.add(range, other, to: ranges))
        fake.advance(by: .seconds(1))
        #expect(try fake.elements(of: ranges).map(\.key) == [O.port(10)])
        try fake.apply(Transaction(commands: [O.create(range, in: ranges)]))
    }

    @Test func `is a value`() throws {
        var one = try ruleset(O.table, O.add(O.ports), O.add(Element(O.port(1)), to: O.ports))
        var other = one
        try other.apply(
            Transaction(commands: [O.add(Element(O.port(2)), to: O.ports), O.add("a")]))
        #expect(try one.elements(of: O.ports).count == 1)
        #expect(try one.chains(in: O.inet).isEmpty)
        #expect(try other.elements(of: O.ports).count == 2)
        #expect(try (one.generation(), other.generation()) == (2, 3))
    }

    @Test func `goes from the last generation to the first`() throws {
        var fake = try ruleset(O.table)
        #expect(try fake.generation() == 2)
        #expect(throws: NFTablesError(.generationMismatch, "apply transaction")) {
            try fake.apply(Transaction(commands: [O.add("a")]), ifGeneration: 1)
        }
        try fake.apply(Transaction(commands: [O.add("a")]), ifGeneration: 2)
        try fake.apply(Transaction(), ifGeneration: 1)
        #expect(try fake.generation() == 3)
    }

    @Test func `lists what is not there as the kernel does`() throws {
        var fake = FakeRuleset()
        #expect(try fake.tables(nil).isEmpty)
        #expect(try fake.chains(in: O.inet).isEmpty)
        #expect(try fake.rules(in: O.inet, chain: nil).isEmpty)
        #expect(try fake.contents(of: O.inet) == nil)
        #expect(throws: NFTablesError(.refused(.noSuchEntry), "list sets \(O.inet)")) {
            try fake.sets(in: O.inet)
        }
        #expect(throws: NFTablesError(.refused(.noSuchEntry), "list elements \(O.ports.name)")) {
            try fake.elements(of: O.ports)
        }
    }

    @Test func `names the command that it refuses`() throws {
        var fake = FakeRuleset()
        let error = #expect(throws: NFTablesError.self) {
            try fake.apply(Transaction(commands: [O.table, O.rule("a", .accept)]))
        }
        #expect(error?.operation == "add rule inet t a")
        #expect(error?.command == 1)
        #expect(error?.errno == .noSuchEntry)
    }
}

@Suite(.requiresRoot) struct `Time and generations of the fake` {
    private typealias O = Objects

    @Test func `are the kernel's`() throws {
        var both = try SideBySide()
        let steps: [[Command]] = [
            [
                O.table, O.add(O.aging), O.add(Element(O.address(1), timeout: 100), to: O.aging),
                O.add(Element(O.address(2)), to: O.aging),
            ],
            [.addSet(O.aging.with { $0.timeout = 30_000 }, .tolerant)],
        ]
        #expect(try both.difference(after: Transaction(commands: steps[0])) == nil)
        // Not a task's sleep: on a busy machine that ends minutes late, when all is aged.
        sleep(for: .milliseconds(150))
        both.fake.advance(by: .milliseconds(150))
        #expect(try both.difference(after: Transaction(commands: steps[1])) == nil)
        #expect(try both.kernel.elements(of: O.aging).map(\.key) == [O.address(2)])
    }

    @Test(arguments: [0, 1, UInt32.max])
    func `must match`(offset: UInt32) throws {
        var both = try SideBySide()
        let table = Transaction(commands: [O.table])
        #expect(try both.difference(after: table, ifGeneration: offset) == nil)
        #expect(both.lastSucceeded == (offset == 0 || offset == .max))
    }

    @Test(arguments: Family.allCases)
    func `lists of missing things are`(family: Family) throws {
        var both = try SideBySide()
        let table = TableName(family, "missing")
        let set = NamedSet(SetName(table, "missing"), key: [.inetService])
        #expect(try both.kernel.chains(in: table) == both.fake.chains(in: table))
        #expect(
            try both.kernel.rules(in: table, chain: "a") == both.fake.rules(in: table, chain: "a"))
        #expect(
            Outcome { () throws(NFTablesError) in _ = try both.kernel.sets(in: table) }
                == Outcome { () throws(NFTablesError) in _ = try both.fake.sets(in: table) })
        #expect(
            Outcome { () throws(NFTablesError) in _ = try both.kernel.elements(of: set) }
                == Outcome { () throws(NFTablesError) in _ = try both.fake.elements(of: set) })
    }
}
