/// What must hold of a field's value, and how that is said.
struct Rule<Value>: Sendable {
    let text: String
    let remedy: String
    let holds: @Sendable (Value) -> Bool
}

extension Rule<Int> {
    static func within(_ range: ClosedRange<Int>) -> Rule {
        Rule(
            text: "must be from \(range.lowerBound) to \(range.upperBound)",
            remedy: "write a number between"
        ) { range.contains($0) }
    }

    static let notNegative = Rule(
        text: "must not be below 0", remedy: "write 0 to leave the kernel's setting as it is"
    ) { $0 >= 0 }
}

extension Rule<Duration> {
    static let positive = Rule(text: "must be above 0s", remedy: "write a time such as 30s") {
        $0 > .zero
    }
    static let notNegative = Rule(text: "must not be below 0s", remedy: "write 0s or more") {
        $0 >= .zero
    }
}

extension Rule<Duration?> {
    static let notNegative = Rule(
        text: "must not be below 0s", remedy: "write 0s or more, or leave it out"
    ) { $0.map { $0 >= .zero } ?? true }
}

extension Rule<String> {
    static let notBlank = Rule(text: "must not be blank", remedy: "write a name, or leave it out") {
        $0.isEmpty || $0.contains { !$0.isWhitespace }
    }
}
