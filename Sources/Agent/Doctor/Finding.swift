/// Something about a machine that keeps its pods from their network, or may, and what to do.
package struct Finding: Hashable, Sendable {
    package let severity: Severity
    package let text: String
    package let remedy: String

    package enum Severity: String, Hashable, Sendable {
        /// Pods are not reached, or do not start.
        case error
        case warning
    }

    static func error(_ text: String, _ remedy: String) -> Finding {
        Finding(severity: .error, text: text, remedy: remedy)
    }

    static func warning(_ text: String, _ remedy: String) -> Finding {
        Finding(severity: .warning, text: text, remedy: remedy)
    }
}
