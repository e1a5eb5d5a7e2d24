/// A line of the table.
package struct Line: Hashable, Sendable {
    package let subject: String
    package let expectation: String
    package let measured: String
    package let holds: Bool

    init(_ subject: String, _ expectation: String, _ measured: String, holds: Bool) {
        self.subject = subject
        self.expectation = expectation
        self.measured = measured
        self.holds = holds
    }
}
