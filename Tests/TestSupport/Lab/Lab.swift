package import Testing
import Platform
import Synchronization

/// Machines and the wires between them, for one test; all of it ends with its last reference.
///
/// Hosts are namespaces without a name, so nothing remains even when the process is killed.
package final class Lab: Sendable {
    private let hosts = Mutex<[Host]>([])

    package init() {}

    /// A new machine with nothing but a loopback.
    package func host(_ name: String) throws -> Host {
        let host = try Host(name)
        hosts.withLock { $0.append(host) }
        return host
    }

    /// What the kernel holds for every host.
    package var state: String {
        hosts.withLock { $0 }.map(\.state).joined(separator: "\n")
    }
}

extension Lab {
    /// Runs a part of a test; when it fails, what the kernel holds is reported beside the failure.
    package func explainingFailures(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) rethrows {
        let failed = Mutex(false)
        defer { if failed.withLock({ $0 }) { explain(sourceLocation) } }
        // No issue is known: this is how issues can be seen as they are recorded.
        try withKnownIssue(isIntermittent: true) {
            try body()
        } matching: { _ in
            failed.withLock { $0 = true }
            return false
        }
    }

    private func explain(_ location: SourceLocation) {
        Issue.record("\(state)", severity: .warning, sourceLocation: location)
    }
}

/// Runs a test in a lab of its own; when it fails, what the kernel holds is reported too.
package func withLab(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Lab) throws -> Void
) throws {
    let lab = Lab()
    try lab.explainingFailures(sourceLocation: sourceLocation) { try body(lab) }
}
