import Testing

@testable import Platform

struct `A child process` {
    private func sleeper() throws -> Process {
        let null = try Descriptor(opening: "/dev/null", 2, "open")
        return try Process(Program("sleep", ["60"]), input: null, output: null, errors: null)
    }

    @Test func `ends by the signal it is sent`() throws {
        let process = try sleeper()
        try process.send(.terminate)
        #expect(try process.wait() == .killed(.terminate))
    }

    @Test func `is gone when its owner is`() throws {
        let id = try sleeper().id
        #expect(throws: PlatformError.self) {
            _ = try Descriptor(opening: "/proc/\(id.rawValue)/stat", 0, "open")
        }
    }

    @Test func `is killed when it outlives the deadline`() throws {
        #expect(try sleeper().wait(until: .now + .milliseconds(20)) == nil)
    }
}
