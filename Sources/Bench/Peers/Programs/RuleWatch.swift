import NFTables
import Netlink
package import Platform

/// Sees when the kernel has new rules of services, whoever writes them.
///
/// kube-proxy's metrics do not tell this: a change that comes while an earlier one is being written
/// counts as done when that one is. Opened before a change, at a program that rests, this does.
package struct RuleWatch: ~Copyable {
    private var monitor: RulesetMonitor
    private var isWritten = false

    package init(in namespace: borrowing NetworkNamespace) throws(BenchError) {
        monitor = try BenchError.of(.network, "watch the rules of a namespace") {
            let monitor = try RulesetMonitor(.ruleset, in: namespace)
            // Who may not have so much has room for some hundred services.
            try? monitor.reserveBuffer(Self.buffer)
            return monitor
        }
    }

    /// In iptables mode, a change of one service writes a rule of each.
    private static let buffer = 128 << 20
    /// What the chains of services' ports begin with, in both of kube-proxy's modes.
    private static let prefixes = ["service-", "KUBE-SVC-"]
}

extension RuleWatch {
    /// The moment of the next transaction with such rules; nil if there is none until a deadline.
    package mutating func next(until deadline: MonotonicTime) throws -> MonotonicTime? {
        while try monitor.socket.socket.descriptor.wait(for: .read, until: deadline) {
            // All of a transaction is told when it has taken effect.
            var moment = MonotonicTime.now
            while let events = try monitor.next() {
                for event in events {
                    if try take(event) { return moment }
                    if case .newGeneration = event { moment = .now }
                }
            }
        }
        return nil
    }

    /// Whether it ends a transaction with rules of services.
    private mutating func take(_ event: RulesetEvent) throws(BenchError) -> Bool {
        switch event {
        case .ruleAdded(let rule):
            isWritten = isWritten || Self.prefixes.contains { rule.rule.chain.name.hasPrefix($0) }
        case .newGeneration:
            defer { isWritten = false }
            return isWritten
        case .overrun:
            throw BenchError(
                .program, "watch the rules of a namespace",
                "more was written at once than the kernel keeps for a reader")
        default: break
        }
        return false
    }
}
