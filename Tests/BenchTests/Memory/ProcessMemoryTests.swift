import Platform
import Testing

@testable import Bench

@Suite struct `What a process holds and does` {
    private func daemon(_ script: String) throws -> Daemon {
        try Daemon(
            "script", Program("/bin/sh", ["-c", script], environment: Daemon.environment),
            in: NetworkNamespace.current())
    }

    @Test func `memory that it takes is counted as its own`() throws {
        let empty = try daemon("echo ready; sleep 60")
        let full = try daemon("x=$(head -c 20000000 /dev/zero | tr '\\0' x); echo ready; sleep 60")
        for daemon in [empty, full] {
            try daemon.wait(for: "a word", within: .seconds(60)) { daemon.words == "ready" }
        }
        let (before, after) = try (ProcessMemory(of: empty.id), ProcessMemory(of: full.id))
        #expect(after.anonymous - before.anonymous > 19_000_000)
        #expect(after.resident - before.resident > 19_000_000)
        #expect(after.peak >= after.resident && after.resident >= after.anonymous)
    }

    @Test func `work is counted, that of ended children too, and rest is none`() throws {
        let idle = try daemon("sleep 60")
        let work = "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'"
        let busy = try daemon("\(work); echo ready; sleep 60")
        try busy.wait(for: "a word", within: .seconds(60)) { busy.words == "ready" }
        #expect(try ProcessWork(of: busy.id).used > .milliseconds(30))
        let before = try ProcessWork(of: idle.id).used
        sleep(for: .milliseconds(50))
        #expect(try ProcessWork(of: idle.id).used - before < .milliseconds(5))
    }

    @Test func `a program that ends too early is told with its last words`() throws {
        let daemon = try daemon("echo nothing works >&2; exit 3")
        let error = #expect(throws: BenchError.self) {
            try daemon.wait(for: "readiness", within: .seconds(60)) { false }
        }
        #expect(error?.cause.contains("nothing works") == true)
    }

    @Test func `a program that never gets ready is not waited for without end`() throws {
        let daemon = try daemon("sleep 60")
        let error = #expect(throws: BenchError.self) {
            try daemon.wait(for: "readiness", within: .milliseconds(20)) { false }
        }
        #expect(error?.cause.contains("readiness") == true)
    }
}
