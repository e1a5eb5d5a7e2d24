import NFTables
import Platform
import TestSupport
import Testing

@Suite("The kernel's ruleset", .requiresRoot)
struct KernelRulesetTests {
    private let table = TableName(.ip, "weft")
    private var chain: ChainName { ChainName(table, "c") }

    private func inHost<Value>(_ body: (inout KernelRuleset) throws -> Value) throws -> Value {
        try Lab().host("node").run {
            var kernel = try KernelRuleset()
            return try body(&kernel)
        }
    }

    @Test("a refused command is named, and nothing of its transaction is applied")
    func namesTheCommand() throws {
        var transaction = Transaction()
        transaction.add(Table(table))
        transaction.add(Chain(chain))
        transaction.add(Rule(chain, [.jump("nowhere")]))
        transaction.add(Rule(chain, [.accept]))
        let (error, tables) = try inHost { kernel in
            (failure { try kernel.apply(transaction) }, try kernel.tables(nil))
        }
        #expect(error?.command == 2)
        #expect(error?.errno == .noSuchEntry)
        #expect(error?.operation == "add rule ip weft c")
        #expect(tables == [])
    }

    @Test("a command far behind long element lists is named right")
    func namesTheCommandBehindElements() throws {
        let set = NamedSet(SetName(table, "s"), key: [.mark])
        var transaction = Transaction()
        transaction.add(Table(table))
        transaction.add(set)
        for start in [0, 10_000] as [UInt32] {
            transaction.add(
                ElementList((start..<start + 10_000).map { Element(mark($0)) }), to: set)
        }
        transaction.delete([Element(mark(99_999))], from: set)
        transaction.add(Chain(chain))
        let error = try inHost { kernel in failure { try kernel.apply(transaction) } }
        #expect(error?.command == 4)
        #expect(error?.operation == "delete element ip weft s")
    }

    @Test("elements by the hundred thousand go out in one transaction and come back")
    func manyElements() throws {
        let set = NamedSet(
            SetName(table, "m"), key: [.ipv4Address, .inetService], data: .value([.mark]))
        let elements = (0..<100_000 as Range<UInt32>).map { number in
            Element(
                Value(concatenating: address(number), port(80)), .value(mark(number)))
        }
        var transaction = Transaction()
        transaction.add(Table(table))
        transaction.add(set)
        transaction.add(ElementList(elements), to: set)
        let read = try inHost { kernel in
            try kernel.apply(transaction)
            return try kernel.elements(of: set)
        }
        #expect(read.count == elements.count)
        let difference = Set(read).symmetricDifference(elements)
        #expect(difference.count == 0, "\(difference.sorted { $0.key < $1.key }.prefix(4))")
    }

    @Test("a transaction for another generation is refused")
    func generations() throws {
        var first = Transaction()
        first.add(Table(table))
        var second = Transaction()
        second.delete(table)
        let (stale, tables, fresh) = try inHost { kernel in
            let before = try kernel.generation()
            try kernel.apply(first, ifGeneration: before)
            let stale = failure { try kernel.apply(second, ifGeneration: before) }
            let tables = try kernel.tables(.ip)
            let fresh = failure {
                try kernel.apply(second, ifGeneration: try kernel.generation())
            }
            return (stale, tables, fresh)
        }
        #expect(stale?.code == .generationMismatch)
        #expect(tables == [Table(table)])
        #expect(fresh == nil)
    }

    @Test("an owned table is nobody else's, and goes with its owner")
    func ownedTable() throws {
        let host = try Lab().host("node")
        var change = Transaction()
        change.add(Chain(chain))
        let (intruder, listed, owned) = try host.run {
            var owner = try KernelRuleset()
            var transaction = Transaction()
            transaction.add(Table(table, flags: .owner, comment: "ours"))
            try owner.apply(transaction)
            var other = try KernelRuleset()
            let intruder = failure { try other.apply(change) }
            try owner.apply(change)
            return (intruder, try other.tables(nil), try owner.chains(in: table))
        }
        #expect(intruder?.errno == .notPermitted)
        #expect(intruder?.description.contains("no other process owns the table") == true)
        #expect(listed == [Table(table, flags: .owner, comment: "ours")])
        #expect(owned == [Chain(chain)])
        // The kernel ends an owned table after the socket's end, not within it.
        let deadline = MonotonicTime.now + .seconds(10)
        while try host.run({
            var kernel = try KernelRuleset()
            return try !kernel.tables(nil).isEmpty
        }) {
            try #require(MonotonicTime.now < deadline, "the table outlived its owner")
        }
    }

    @Test("rules go first, last, before and behind others, and are replaced and deleted")
    func rulePlaces() throws {
        func rule(_ number: UInt32) -> Rule { Rule(chain, [.load(mark(number)), .store(.mark)]) }
        let rules = try inHost { kernel in
            var transaction = Transaction()
            transaction.add(Table(table))
            transaction.add(Chain(chain))
            for number in 3...5 as ClosedRange<UInt32> { transaction.add(rule(number)) }
            try kernel.apply(transaction)
            let handles = try kernel.rules(in: table, chain: "c").map(\.handle)
            var change = Transaction()
            change.add(rule(1), .first)
            change.add(rule(9), .last)
            change.add(rule(2), .before(handles[0]))
            change.add(rule(7), .after(handles[2]))
            change.replace(handles[1], with: rule(40))
            change.delete(handles[2], in: chain)
            try kernel.apply(change)
            return try kernel.rules(in: table, chain: "c").map(\.rule)
        }
        #expect(rules == [1, 2, 3, 40, 7, 9].map { rule($0) })
    }

    @Test("an interval is deleted as a whole, its neighbours stay")
    func deletesIntervals() throws {
        let set = NamedSet(SetName(table, "s"), key: [.ipv4Address], flags: .interval)
        let elements = [
            Element(address(0), through: address(9)), Element(address(10), through: address(19)),
            Element(address(20)),
        ]
        let left = try inHost { kernel in
            var transaction = Transaction()
            transaction.add(Table(table))
            transaction.add(set)
            transaction.add(ElementList(elements), to: set)
            try kernel.apply(transaction)
            var change = Transaction()
            change.delete([elements[1]], from: set)
            try kernel.apply(change)
            return try kernel.elements(of: set)
        }
        #expect(left == [elements[0], elements[2]])
    }

    @Test("reading a table that is not there gives nothing")
    func absentTable() throws {
        #expect(try inHost { kernel in try kernel.contents(of: table) } == nil)
    }

    @Test("an empty transaction does nothing")
    func emptyTransaction() throws {
        let (before, after) = try inHost { kernel in
            let before = try kernel.generation()
            try kernel.apply(Transaction())
            return (before, try kernel.generation())
        }
        #expect(before == after)
    }
}

/// How something failed, or nil; a failure of another kind than the module's is an issue.
func failure(_ body: () throws -> Void) -> NFTablesError? {
    do {
        try body()
    } catch let error as NFTablesError {
        return error
    } catch {
        Issue.record(error)
    }
    return nil
}
