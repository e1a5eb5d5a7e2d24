import Testing

@testable import Demo

struct TallyTests {
    @Test func `all that is good is counted`() {
        var tally = Tally()
        for _ in 0..<3 { tally.count("x") { nil } }
        #expect(tally.measurement() == Measurement(true, "3 of 3"))
        #expect(tally.measurement("well") == Measurement(true, "3 of 3, well"))
    }

    @Test func `the first problem is told, an error too`() {
        var tally = Tally()
        tally.count("x") { nil }
        tally.count("y") { throw DemoError(.traffic, "ask", "silence") }
        tally.count("z") { "wrong" }
        #expect(tally.measurement() == Measurement(false, "1 of 3; y: cannot ask: silence"))
    }

    @Test func `nothing at all is no proof`() {
        #expect(!Tally().measurement().holds)
    }
}
