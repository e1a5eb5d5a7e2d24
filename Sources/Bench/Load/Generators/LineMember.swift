import Platform

/// One of many lines, with one request at a time.
final class LineMember: Member {
    private let line: Line
    /// When the request began that is waited for.
    private var begun = MonotonicTime(nanoseconds: 0)

    init(_ line: Line) { self.line = line }

    func enter(_ loop: borrowing EventLoop<Slot>, as slot: Slot) throws(PlatformError) {
        try line.register(in: loop, as: slot)
    }

    func begin(
        _ start: Start, _ loop: borrowing EventLoop<Slot>, as slot: Slot, _ tally: inout Tally
    ) throws(PlatformError) -> Bool {
        begun = start.counted
        return try line.send(start.counted)
    }

    func proceed(
        _ loop: borrowing EventLoop<Slot>, as slot: Slot, _ tally: inout Tally
    ) throws(PlatformError) -> Bool {
        while let begun = try line.receive() {
            tally.end(begunAt: begun)
            // Answers of earlier requests, which were given up, do not end this one.
            if begun == self.begun { return false }
        }
        return true
    }

    func giveUp(_ loop: borrowing EventLoop<Slot>, as slot: Slot) throws(PlatformError) {
        if try line.giveUp() { try line.register(in: loop, as: slot) }
    }
}
