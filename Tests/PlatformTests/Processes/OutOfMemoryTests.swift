import Platform
import Testing

@Suite(.serialized) struct `What becomes of a process without memory` {
    @Test func `can be made likelier, and is read back`() throws {
        let before = try OutOfMemory.scoreAdjustment
        let after = min(before + 1, 1000)
        try OutOfMemory.setScoreAdjustment(after)
        #expect(try OutOfMemory.scoreAdjustment == after)
        // Going back to what it was given is allowed to every process.
        try OutOfMemory.setScoreAdjustment(before)
        #expect(try OutOfMemory.scoreAdjustment == before)
    }

    @Test func `is refused with what it takes`() {
        let error = #expect(throws: PlatformError.self) {
            try OutOfMemory.setScoreAdjustment(1001)
        }
        #expect(error?.subject == "/proc/self/oom_score_adj")
    }
}
