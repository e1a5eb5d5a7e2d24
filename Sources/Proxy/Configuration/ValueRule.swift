/// What must hold of a field's value, and how that is said.
package struct ValueRule<Value>: Sendable {
    package let text: String
    package let remedy: String
    package let holds: @Sendable (Value) -> Bool

    package init(text: String, remedy: String, holds: @escaping @Sendable (Value) -> Bool) {
        self.text = text
        self.remedy = remedy
        self.holds = holds
    }
}

extension ValueRule<Int> {
    package static func within(_ range: ClosedRange<Int>) -> ValueRule {
        ValueRule(
            text: "must be from \(range.lowerBound) to \(range.upperBound)",
            remedy: "write a number between"
        ) { range.contains($0) }
    }

    package static let notNegative = ValueRule(
        text: "must not be below 0", remedy: "write 0 to leave the kernel's setting as it is"
    ) { $0 >= 0 }
}

extension ValueRule<Duration> {
    package static let positive = ValueRule(
        text: "must be above 0s", remedy: "write a time such as 30s"
    ) {
        $0 > .zero
    }
    package static let notNegative = ValueRule(
        text: "must not be below 0s", remedy: "write 0s or more"
    ) {
        $0 >= .zero
    }
}

extension ValueRule<Duration?> {
    package static let notNegative = ValueRule(
        text: "must not be below 0s", remedy: "write 0s or more, or leave it out"
    ) { $0.map { $0 >= .zero } ?? true }
}

extension ValueRule<String> {
    package static let notBlank = ValueRule(
        text: "must not be blank", remedy: "write a name, or leave it out"
    ) {
        $0.isEmpty || $0.contains { !$0.isWhitespace }
    }
}
