import NFTables
import Platform

extension Scenario {
    private typealias O = Objects
    private static let missing = TableName(.ip6, "missing")
    /// Chain "a" has handle 1, its rules have 2 and 3.
    private static let twoRules = [O.table, O.add("a"), O.rule("a", .accept), O.rule("a", .drop)]
    private static let marked = Rule(O.chain("a"), [.counter(Counter())], comment: "new")

    static let rules = [
        Scenario("add rules", .success, twoRules),
        Scenario("add a rule that does nothing", .success, [O.table, O.add("a"), O.rule("a")]),
        Scenario(
            "add a rule to a missing table", .refused(.noSuchEntry, command: 0),
            [O.rule("a", in: missing, .accept)]),
        Scenario(
            "add a rule to a missing chain", .refused(.noSuchEntry, command: 1),
            [O.table, O.rule("a", .accept)]),
        Scenario("insert a rule", .success, twoRules, [.addRule(marked, .first)]),
        Scenario(
            "insert a rule into a missing chain", .refused(.noSuchEntry, command: 0), [O.table],
            [.addRule(marked, .first)]),
        Scenario(
            "insert a rule before another", .success, twoRules,
            [.addRule(marked, .before(O.handle(3)))]),
        Scenario(
            "add a rule behind another", .success, twoRules,
            [.addRule(marked, .after(O.handle(2)))]),
        Scenario(
            "insert a rule before a missing one", .refused(.noSuchEntry, command: 0), twoRules,
            [.addRule(marked, .before(O.handle(77)))]),
        Scenario(
            "add a rule behind a missing one", .refused(.noSuchEntry, command: 0), twoRules,
            [.addRule(marked, .after(O.handle(77)))]),
        Scenario(
            "add a rule behind a deleted one", .success, twoRules,
            [.deleteRule(O.chain("a"), O.handle(2)), .addRule(marked, .after(O.handle(2)))]),
        Scenario(
            "add rules behind each other", .success, twoRules,
            [
                .addRule(marked, .after(O.handle(2))), .addRule(marked, .after(O.handle(4))),
                .addRule(marked, .first), .addRule(marked, .before(O.handle(5))),
            ]),
        Scenario("replace a rule", .success, twoRules, [.replaceRule(O.handle(2), marked)]),
        Scenario(
            "replace a rule twice", .success, twoRules,
            [.replaceRule(O.handle(2), marked), .replaceRule(O.handle(2), marked)]),
        Scenario(
            "replace a missing rule", .refused(.noSuchEntry, command: 0), twoRules,
            [.replaceRule(O.handle(77), marked)]),
        Scenario(
            "replace a deleted rule", .refused(.noSuchEntry, command: 1), twoRules,
            [.deleteRule(O.chain("a"), O.handle(2)), .replaceRule(O.handle(2), marked)]),
        Scenario(
            "replace a rule of another chain", .refused(.noSuchEntry, command: 1), twoRules,
            [O.add("b"), .replaceRule(O.handle(2), Rule(O.chain("b"), []))]),
        Scenario(
            "replace a rule, then delete it", .success, twoRules,
            [.replaceRule(O.handle(2), marked), .deleteRule(O.chain("a"), O.handle(2))]),
        Scenario(
            "replace a jump by another", .success,
            [O.table, O.add("a"), O.add("b"), O.rule("a", .jump("b"))],
            [
                .replaceRule(O.handle(3), Rule(O.chain("a"), [.accept])),
                .deleteChain(O.chain("b"), .strict),
            ]),
        Scenario(
            "delete a rule", .success, twoRules, [.deleteRule(O.chain("a"), O.handle(2))]),
        Scenario(
            "delete a missing rule", .refused(.noSuchEntry, command: 0), twoRules,
            [.deleteRule(O.chain("a"), O.handle(77))]),
        Scenario(
            "delete a rule twice", .refused(.noSuchEntry, command: 1), twoRules,
            [
                .deleteRule(O.chain("a"), O.handle(2)), .deleteRule(O.chain("a"), O.handle(2)),
            ]),
        Scenario(
            "number rules and chains together", .success, twoRules,
            [O.add("b"), O.rule("b", .accept), O.add(O.ports), O.rule("a", .drop)]),
        Scenario(
            "add as many expressions as a rule can have", .success,
            [
                O.table, O.add("a"),
                .addRule(
                    Rule(
                        O.chain("a"), [Expression](repeating: .counter(Counter()), count: 128)),
                    .last),
            ]),
        Scenario(
            "add one expression more", .failed(.invalid),
            [
                O.table, O.add("a"),
                .addRule(
                    Rule(
                        O.chain("a"), [Expression](repeating: .counter(Counter()), count: 129)),
                    .last),
            ]),
    ]
}
