import CAllocations
import Network
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct CountingCostTests {
        private let client = Client(.v4(IPv4Address(192, 0, 2, 1)), .udp)

        /// What a thousand times take of memory, without the first few.
        private func allocations(_ body: (Int) -> Void) -> Int64 {
            for number in 0..<10 { body(number) }
            let before = weft_allocations()
            for number in 10..<1000 { body(number) }
            return weft_allocations() - before
        }

        @Test func `counting takes no memory`() {
            if weft_allocations() < 0 { return }
            let (counts, query) = (SharedCounts(), Query())
            let taken = allocations { number in
                counts.countQuestion(1, query, client, size: 40)
                counts.countReply(1, .cache, .noError, .udp, size: 80)
                counts.countCache(nil, 1)
                counts.countDuration(1, UInt64(number) * 1000, times: 2)
            }
            #expect(taken == 0)
            let cells = counts.cells(of: 1)
            #expect(cells[CountPlace.requests] == 1000)
            #expect(cells[CountPlace.cacheUses + CacheUse.miss.rawValue] == 1000)
            // Up to a quarter, a half and a whole millisecond.
            #expect(cells[CountPlace.durations...].prefix(4) == [502, 500, 998, 0])
            #expect(counts.cells(of: 0).allSatisfy { $0 == 0 })
        }

        @Test func `a record for the log takes no memory`() {
            if weft_allocations() < 0 { return }
            let ring = QueryRing(sample: 1, local: nil) {}
            let reply = [UInt8](repeating: 0, count: 40)
            let (query, name) = (Query(), QuestionName())
            let taken = allocations { _ in
                ring.add(
                    QueryRecord(
                        query, name, size: 40, from: client, .noError, reply.span,
                        after: .zero, format: 0), .all)
            }
            #expect(taken == 0)
            var records: [QueryRecord] = []
            ring.take(into: &records)
            #expect(records.count == 1000)
        }
    }
}
