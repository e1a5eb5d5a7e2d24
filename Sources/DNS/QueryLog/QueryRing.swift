import Network
import Synchronization

/// One thread's records on their way to the log; what finds no room is lost, and counted.
package final class QueryRing: Sendable {
    private let waiting = Mutex(Waiting())
    private let lost = Atomic<UInt64>(0)
    private let wake: @Sendable () -> Void
    /// Of so many questions, one has a record.
    private let sample: Int
    let local: AddressAndPort?

    private struct Waiting {
        var records: [QueryRecord] = []
        var seen = 0
    }

    /// Enough for what comes until the writer has woken up.
    static let capacity = 1024

    init(sample: Int, local: AddressAndPort?, wake: @escaping @Sendable () -> Void) {
        self.sample = sample
        self.local = local
        self.wake = wake
    }
}

extension QueryRing {
    /// Takes a record that is of the classes; never waits: while the writer takes them, new ones
    /// are lost.
    func add(_ record: QueryRecord, _ classes: LogRule.Classes) {
        guard classes.isSuperset(of: record.classes) else { return }
        let isFirst: Bool? = waiting.withLockIfAvailable { waiting in
            waiting.seen += 1
            if waiting.seen < sample { return false }
            waiting.seen = 0
            guard waiting.records.count < Self.capacity else {
                lost.add(1, ordering: .relaxed)
                return false
            }
            if waiting.records.capacity < Self.capacity {
                waiting.records.reserveCapacity(Self.capacity)
            }
            waiting.records.append(record)
            return waiting.records.count == 1
        }
        switch isFirst {
        case true?: wake()
        case false?: break
        case nil: lost.add(1, ordering: .relaxed)
        }
    }

    /// Exchanges the records for an empty array, whose room is used again.
    func take(into records: inout [QueryRecord]) {
        records.removeAll(keepingCapacity: true)
        waiting.withLock { swap(&$0.records, &records) }
    }

    var lostRecords: UInt64 { lost.load(ordering: .relaxed) }
}
