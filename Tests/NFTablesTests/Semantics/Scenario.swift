import NFTables
import Testing

/// Transactions that the kernel and the fake are both told, one after the other.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    let steps: [Transaction]
    /// How the last step ends; the kernel is the judge, this says what the scenario is about.
    let expected: Outcome

    init(_ name: String, _ expected: Outcome = .success, _ steps: [Command]...) {
        self.name = name
        self.expected = expected
        self.steps = steps.map(Transaction.init(commands:))
    }

    var testDescription: String { name }
}

extension Transaction {
    init(commands: [Command]) {
        self.init()
        for command in commands { append(command) }
    }
}
