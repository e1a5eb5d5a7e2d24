import Platform
import Testing

@testable import Bench

@Suite struct `Questions that are under way` {
    private let start = MonotonicTime(nanoseconds: 1000)

    private func later(_ nanoseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: start.nanoseconds + nanoseconds)
    }

    @Test func `an answer's number leads to its question once`() throws {
        var flights = Flights(capacity: 4)
        let begun = (flights.begin(7, at: start), flights.begin(8, at: later(5)))
        let (first, second) = (try #require(begun.0), try #require(begun.1))
        #expect(flights.count == 2)
        let ended = [flights.end(second), flights.end(second), flights.end(first)]
        #expect(ended.map { $0?.question } == [8, nil, 7])
        #expect(ended[0]?.start == later(5))
        #expect(flights.count == 0)
    }

    @Test func `there are no more than there is room for`() {
        var flights = Flights(capacity: 2)
        let begun = (0..<3).map { flights.begin($0, at: start) != nil }
        #expect(begun == [true, true, false])
    }

    @Test func `those that have waited too long are given up, and their answers come too late`()
        throws
    {
        var flights = Flights(capacity: 4)
        let begun = (flights.begin(1, at: start), flights.begin(2, at: later(10)))
        let (old, new) = (try #require(begun.0), try #require(begun.1))
        let expired = flights.expire(before: later(10))
        #expect(expired == 1)
        let ended = [flights.end(old), flights.end(new)]
        #expect(ended.map { $0?.question } == [nil, 2])
    }

    @Test(arguments: [1, 4, 256, 32768])
    func `a number comes again when all others have been used`(capacity: Int) throws {
        var flights = Flights(capacity: capacity)
        var seen: Set<UInt16> = []
        for number in 0..<0x1_0000 {
            guard let id = flights.begin(number % 100, at: start) else { break }
            seen.insert(id)
            _ = flights.end(id)
        }
        #expect(seen.count == 0x1_0000)
    }
}
