import Platform
import Synchronization
import Testing

@Suite struct `A thread's processors` {
    /// Uses the processor until the calling thread has had it for so long.
    private static func work(_ duration: Duration) {
        let end = ThreadTime.now + duration
        while ThreadTime.now < end {}
    }

    @Test func `are some of the machine's, in order`() throws {
        let allowed = try Thread.allowedProcessors
        #expect(!allowed.isEmpty)
        #expect(allowed == allowed.sorted())
        #expect(allowed.count <= Machine.processorCount)
    }

    @Test func `are one once it is kept there, by itself or by another`() throws {
        let last = try #require(try Thread.allowedProcessors.last)
        let seen = Outcome<[[Int]]>()
        let (pinned, asked) = (Semaphore(), Semaphore())
        let thread = try Thread {
            seen.set(
                Result {
                    let before = try Thread.allowedProcessors
                    pinned.signal()
                    asked.wait()
                    let after = try Thread.allowedProcessors
                    try Thread.pin(to: before[0])
                    return [before, after, try Thread.allowedProcessors]
                })
        }
        pinned.wait()
        try thread.pin(to: last)
        asked.signal()
        thread.join()
        let all = try seen.value()
        #expect(all[1] == [last])
        #expect(all[2] == [all[0][0]])
    }

    @Test func `are refused by number when there are none such`() throws {
        for number in [4000, 100_000, -1] {
            let error = #expect(throws: PlatformError.self) {
                let refused = Outcome<Void>()
                try Thread { refused.set(Result { try Thread.pin(to: number) }) }.join()
                try refused.value()
            }
            #expect(error?.code == .invalid)
        }
    }

    @Test func `have a clock that stands still while it waits`() throws {
        let (begun, goOn) = (Semaphore(), Semaphore())
        let thread = try Thread {
            Self.work(.milliseconds(20))
            begun.signal()
            goOn.wait()
        }
        begun.wait()
        // What is left is the call that waits.
        sleep(for: .milliseconds(20))
        let time = try thread.processorTime
        sleep(for: .milliseconds(50))
        let later = try thread.processorTime
        goOn.signal()
        #expect(time >= .milliseconds(20))
        #expect(later == time)
    }

    @Test func `are its own before others', as far as it may`() throws {
        let changed = Outcome<Bool>()
        try Thread { changed.set(.success(Thread.goFirst())) }.join()
        // Without the right to, it goes on as it was.
        _ = try changed.value()
    }
}

/// What a thread came to, for the test that waits for it.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func set(_ result: Result<Value, any Error>) { self.result.withLock { $0 = result } }

    func value() throws -> Value { try #require(result.withLock { $0 }).get() }
}
