import Platform
import TestSupport
import Testing

@testable import Bench

@Suite(.requiresRoot) struct `A run that is killed` {
    @Test func `takes the programs that it has started with it`() throws {
        let scratch = try ScratchDirectory()
        let program = Program(
            try builtProgram("weft"),
            ["bench", "memory", "-q", "--only", "dns", "--services", "3", "--idle", "3600"],
            environment: Daemon.environment + ["TMPDIR=\(scratch.path)"])
        let run = try Daemon("a run", program, in: NetworkNamespace.current())
        var children: [ProcessID] = []
        try run.wait(for: "a program of its own", within: .seconds(60)) {
            children = Array(run.id.family.dropFirst())
            return children.contains { isAtWork($0) }
        }
        try run.id.send(.kill)
        let deadline = MonotonicTime.now + .seconds(60)
        while children.contains(where: isAtWork), MonotonicTime.now < deadline {
            sleep(for: .milliseconds(5))
        }
        #expect(!children.contains(where: isAtWork))
    }

    /// Whether it has become the program, and has not ended; what nobody has waited for has no words.
    private func isAtWork(_ process: ProcessID) -> Bool {
        let words = try? File.read("/proc/\(process.rawValue)/cmdline")
        return words.map { String(decoding: $0, as: UTF8.self).contains("Corefile") } ?? false
    }
}
