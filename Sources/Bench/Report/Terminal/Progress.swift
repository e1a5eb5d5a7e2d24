package import Platform

/// How far a run is, and how long what is being measured will still take.
package struct Progress {
    private var began = MonotonicTime.now
    private var identity: Identity?
    private var turn = 0
    /// How many are measured by turns, once all have had their first.
    private var subjects = 0
    /// The rounds that have begun since the first turn did.
    private var begun = 0

    package init() {}
}

extension Progress {
    /// Notes that a round begins; what is to be said of it.
    package mutating func begin(
        _ identity: Identity, turn: Int, of turns: Int, at now: MonotonicTime
    ) -> String {
        if turn < self.turn || begun == 0 {
            began = now
            begun = 0
            subjects = 0
        }
        if turn == 0 { subjects += 1 }
        self.turn = turn
        let left = timeLeft(turns: turns, at: now)
        begun += 1
        let round = turn == 0 ? "warming up" : "round \(turn) of \(turns)"
        return "\(identity): \(round)" + (left.map { ", \(Self.text($0)) left" } ?? "")
    }

    /// Nil as long as it is not known how many there are to measure.
    private func timeLeft(turns: Int, at now: MonotonicTime) -> Duration? {
        guard turn > 0, begun > 0 else { return nil }
        let all = subjects * (turns + 1)
        return (now - began) / begun * max(0, all - begun)
    }

    private static func text(_ duration: Duration) -> String {
        let seconds = Int((duration / .seconds(1)).rounded(.up))
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
