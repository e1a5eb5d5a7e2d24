import Testing

@testable import Platform

struct `A child process` {
    private func sleeper(isBound: Bool = false) throws(PlatformError) -> Process {
        let null = try Descriptor(opening: "/dev/null", 2, "open")
        var program = Program("sleep", ["60"])
        program.isBound = isBound
        return try Process(program, input: null, output: null, errors: null)
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

    @Test func `ends with the thread that started it if it is bound, and only then`() throws {
        var bound: Process?
        var free: Process?
        try Thread.runAlone {
            bound = try? sleeper(isBound: true)
            free = try? sleeper()
        }
        let end = try bound.take()?.wait(until: .now + .seconds(60))
        let isOver = try free?.hasEnded()
        #expect(end == .killed(.kill) && isOver == false)
    }

    @Test(arguments: [false, true])
    func `has its own group, the usual signals, and none blocked`(isBound: Bool) throws {
        var program = Program(
            "sh",
            ["-c", "cut -d ' ' -f 1,5 /proc/$$/stat; grep -E 'Sig(Blk|Ign|Cgt)' /proc/$$/status"])
        program.isBound = isBound
        try SignalSource.block([.user1])
        let output = String(decoding: try program.run().output, as: UTF8.self)
        let words = output.split(whereSeparator: \.isWhitespace)
        #expect(words.count == 8 && words[0] == words[1])
    }

    @Test func `is killed when it outlives the deadline`() throws {
        #expect(try sleeper().wait(until: .now + .milliseconds(20)) == nil)
    }
}
