import NFTables
import Testing

@Suite(.serialized) struct `Cost of the fake ruleset` {
    private typealias O = Objects

    private func ruleset(elements: Int) throws -> FakeRuleset {
        var fake = FakeRuleset()
        var list = ElementList()
        for number in 0..<elements {
            list.append(
                Element(
                    Value(concatenating: mark(UInt32(number)), port(80)), .value(O.address(1))))
        }
        var transaction = Transaction(commands: [O.table, O.add("a"), O.add(O.backends)])
        transaction.add(list, to: O.backends)
        try fake.apply(transaction)
        return fake
    }

    /// The shortest time of one change, in a ruleset of so many elements.
    private func cost(elements: Int, refused: Bool) throws -> Duration {
        var fake = try ruleset(elements: elements)
        let clock = ContinuousClock()
        var times = [Duration]()
        for number in 0..<20 {
            var transaction = Transaction()
            let key = Value(concatenating: mark(1_000_000 + UInt32(number)), port(80))
            transaction.add([Element(key, .value(O.address(1)))], to: O.backends)
            if refused { transaction.delete(O.chain("missing")) }
            times.append(clock.measure { try? fake.apply(transaction) })
        }
        #expect(try fake.elements(of: O.backends).count == elements + (refused ? 0 : 20))
        return times.min() ?? .zero
    }

    @Test(arguments: [false, true])
    func `a change costs the same in a large set`(refused: Bool) throws {
        let small = try cost(elements: 100, refused: refused)
        let large = try cost(elements: 20_000, refused: refused)
        #expect(large < small * 10, "\(large) against \(small)")
    }
}
