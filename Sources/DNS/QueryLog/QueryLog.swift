import Network
package import Platform
import Synchronization

/// Writes lines about questions, on a thread of its own, so that no answer waits for them.
package final class QueryLog: Sendable {
    private let shared = QueryLogShared()
    private let sample: Int
    private let waker: Waker
    private let isStopped = Flag()
    private let thread: Thread

    /// Of so many questions that a rule is for, one has a line; lines come many at a time.
    package init(
        sample: Int = 1, write: @escaping @Sendable ([String]) -> Void
    ) throws(PlatformError) {
        self.sample = sample
        let loop = try EventLoop<NoDescriptor>()
        waker = loop.waker
        thread = try Thread(owning: loop) { [shared, isStopped] loop in
            var loop = loop
            var events: [Event<NoDescriptor>] = []
            while !isStopped.isSet, (try? loop.wait(into: &events)) != nil {
                // More lines come in the meantime, and one call writes them all.
                sleep(for: Self.gathering)
                let lines = shared.takeLines()
                if !lines.isEmpty { write(lines) }
            }
        }
    }

    deinit {
        isStopped.set()
        waker.wake()
    }

    private static var gathering: Duration { .milliseconds(5) }
}

extension QueryLog {
    /// A ring for one thread that answers at an address.
    func ring(at local: AddressAndPort?) -> QueryRing {
        let ring = QueryRing(sample: sample, local: local) { [waker] in waker.wake() }
        shared.add(ring)
        return ring
    }

    /// The number by which records refer to a format.
    func number(of format: LogFormat) -> Int { shared.number(of: format) }

    /// Records that found no room.
    package var lost: UInt64 { shared.lost }
}

/// What the log's owner and its thread have in common.
private final class QueryLogShared: Sendable {
    private let state = Mutex(State())

    private struct State {
        var formats: [LogFormat] = []
        var rings: [QueryRing] = []
        /// Of rings that are no more.
        var lost: UInt64 = 0

        /// Forgets the rings of threads that have ended.
        mutating func tidy() {
            for index in rings.indices.reversed() where isKnownUniquelyReferenced(&rings[index]) {
                lost += rings.remove(at: index).lostRecords
            }
        }
    }

    func add(_ ring: QueryRing) {
        state.withLock { state in
            state.tidy()
            state.rings.append(ring)
        }
    }

    func number(of format: LogFormat) -> Int {
        state.withLock { state in
            if let known = state.formats.firstIndex(of: format) { return known }
            state.formats.append(format)
            return state.formats.count - 1
        }
    }

    func takeLines() -> [String] {
        let state = state.withLock(\.self)
        var lines: [String] = []
        var records: [QueryRecord] = []
        records.reserveCapacity(QueryRing.capacity)
        for ring in state.rings {
            ring.take(into: &records)
            lines += records.map { record in
                QueryLine(record: record, local: ring.local).text(state.formats[record.format])
            }
        }
        return lines
    }

    var lost: UInt64 {
        let state = state.withLock(\.self)
        return state.rings.reduce(state.lost) { $0 + $1.lostRecords }
    }
}

/// A loop has no descriptors but its own.
struct NoDescriptor: RawRepresentable, Sendable {
    let rawValue: UInt64
}
