package import Platform
import Synchronization

/// A program that runs in a namespace beside a measurement, until its owner ends.
///
/// It also ends with the thread that makes this, which is to live longer than what it measures.
package final class Daemon: Sendable {
    package let name: String
    package let id: ProcessID
    private let process: Mutex<Process?>
    /// What it writes, in memory.
    private let log: Descriptor

    package init(
        _ name: String, _ program: Program, in namespace: borrowing NetworkNamespace
    ) throws(BenchError) {
        self.name = name
        var program = program
        program.isBound = true
        let log = try BenchError.of(.program, "start \(name)") { try Descriptor.memoryFile() }
        let process = try BenchError.of(.program, "start \(name)") {
            try namespace.run { [program] () throws(PlatformError) in
                try Process(program, input: try Self.nothing(), output: log, errors: log)
            }
        }
        id = process.id
        self.process = Mutex(consume process)
        self.log = log
    }

    private static func nothing() throws(PlatformError) -> Descriptor {
        guard let null = try File.openForReading("/dev/null") else {
            throw PlatformError(.noSuchEntry, "open", "/dev/null")
        }
        return null
    }

    deinit { stop() }
}

extension Daemon {
    /// Where programs look for others that they run, and no lock for iptables.
    ///
    /// iptables-legacy locks the whole machine and leaves the lock's file in `/run`; a namespace of our
    /// own needs none.
    package static let environment = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "XTABLES_LOCKFILE=/dev/null",
    ]

    private static let patience = Duration.seconds(5)

    /// Ends it as a service manager does, and kills it if it does not end.
    package func stop() {
        guard let process = process.withLock({ $0.take() }) else { return }
        try? process.send(.terminate)
        _ = try? process.wait(until: .now + Self.patience)
    }

    /// Waits until something holds that is looked at now and then; an end of the program is an error.
    package func wait(
        for what: String, within patience: Duration, every interval: Duration = .milliseconds(5),
        _ holds: () throws -> Bool
    ) throws {
        let deadline = MonotonicTime.now + patience
        while try !holds() {
            let hasEnded = try process.withLock { process throws(PlatformError) in
                try process?.hasEnded() ?? true
            }
            if hasEnded { throw BenchError(.program, "run \(name)", "it has ended: \(words)") }
            if MonotonicTime.now > deadline {
                throw BenchError(
                    .program, "run \(name)",
                    "no \(what) within \(patience.components.seconds) s: \(words)")
            }
            sleep(for: interval)
        }
    }

    /// The last lines that it wrote.
    package var words: String {
        let size = Int(clamping: (try? log.status().size) ?? 0)
        let bytes = (try? log.read(min(size, 4096), at: max(0, size - 4096))) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(8)
            .joined(separator: "\n")
    }
}
