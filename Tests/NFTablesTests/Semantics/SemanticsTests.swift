import NFTables
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Fake kernel` {
    @Test(arguments: Scenario.all)
    func `does as the kernel does`(scenario: Scenario) throws {
        var both = try SideBySide()
        for (index, step) in scenario.steps.enumerated() {
            let difference = try both.difference(after: step)
            #expect(difference == nil, "after step \(index):\n\(step)")
            if difference != nil { return }
        }
    }

    @Test(arguments: Scenario.all)
    func `does as a scenario says`(scenario: Scenario) throws {
        var fake = FakeRuleset()
        for step in scenario.steps.dropLast() { try fake.apply(step) }
        let last = try #require(scenario.steps.last)
        let before = try fake.everything(withHandles: true)
        let outcome = Outcome { () throws(NFTablesError) in try fake.apply(last) }
        #expect(outcome == scenario.expected)
        if !outcome.isSuccess { #expect(try fake.everything(withHandles: true) == before) }
    }

    @Test func `has a scenario for every verb with every object`() {
        let covered = Scenario.all.reduce(into: Set<Phrase>()) { $0.formUnion($1.phrases) }
        let missing = Phrase.all.subtracting(Phrase.impossible).subtracting(covered)
        #expect(missing.isEmpty)
        #expect(covered.isDisjoint(with: Phrase.impossible))
    }

    @Test func `has a scenario for a success and a refusal of every verb with every object`() {
        for phrase in Phrase.all.subtracting(Phrase.impossible) {
            let scenarios = Scenario.all.filter { $0.lastPhrases.contains(phrase) }
            #expect(scenarios.contains { $0.expected.isSuccess }, "\(phrase) succeeds")
            // Nothing of ours can keep a table from going.
            if phrase == Phrase(.destroy, .table) { continue }
            #expect(scenarios.contains { !$0.expected.isSuccess }, "\(phrase) is refused")
        }
    }
}
