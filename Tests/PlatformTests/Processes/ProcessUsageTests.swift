import Testing

@testable import Platform

struct `What a process uses` {
    @Test func `its processor time is that of all its threads`() throws {
        let isOver = Flag()
        let thread = try Thread { while !isOver.isSet {} }
        defer { isOver.set() }
        let goal = try ProcessID.current.processorTime + .milliseconds(50)
        let deadline = MonotonicTime.soon
        // This thread sleeps: the time is the other one's.
        while try ProcessID.current.processorTime < goal, MonotonicTime.now < deadline {
            sleep(for: .milliseconds(1))
        }
        #expect(try ProcessID.current.processorTime >= goal)
        isOver.set()
        thread.join()
    }

    @Test func `its family are those it has started, and theirs`() throws {
        let null = try Descriptor(opening: "/dev/null", 2, "open")
        let shell = try Process(
            Program("sh", ["-c", "sh -c 'sleep 60; :' & sleep 60; :"]),
            input: null, output: null, errors: null)
        let deadline = MonotonicTime.soon
        while shell.id.family.count < 4, MonotonicTime.now < deadline {
            sleep(for: .milliseconds(1))
        }
        #expect(shell.id.family.count == 4)
        #expect(shell.id.family.first == shell.id)
    }

    @Test func `one that is not there is an error`() throws {
        // The largest number that Linux gives is 2²² - 1.
        #expect(throws: PlatformError.self) { try ProcessID(rawValue: 1 << 22).processorTime }
    }
}
