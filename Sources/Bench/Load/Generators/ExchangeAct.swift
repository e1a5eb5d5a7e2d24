import Platform

/// Asks on one line and waits for the answer.
struct ExchangeAct: Act {
    private let line: Line

    init(_ line: Line) { self.line = line }

    mutating func perform(
        _ begin: () -> Start, _ tally: inout Tally
    ) throws(PlatformError) {
        let start = begin()
        tally.begin()
        do throws(PlatformError) {
            guard try line.send(start.counted) else { return }
            while let begun = try line.receive() {
                tally.end(begunAt: begun)
                if begun == start.counted { return }
            }
            _ = try line.giveUp()
        } catch {
            try tally.note(error)
        }
    }

    mutating func finish(until deadline: MonotonicTime, _ tally: inout Tally) throws(PlatformError)
    {
        while tally.done < tally.begun, MonotonicTime.now < deadline {
            do throws(PlatformError) {
                guard let begun = try line.receive() else { return }
                tally.end(begunAt: begun)
            } catch {
                return try tally.note(error)
            }
        }
    }
}
