import Synchronization

/// What a server has done so far.
package struct ServerCounts: Hashable, Sendable {
    /// Connections that were taken.
    package var accepted = 0
    /// Pieces of connections that were answered.
    package var answered = 0
    /// Datagrams that came.
    package var datagrams = 0
    /// Bytes of connections that came.
    package var bytes = 0

    package init() {}

    package static func - (end: Self, start: Self) -> Self {
        var difference = end
        difference.accepted -= start.accepted
        difference.answered -= start.answered
        difference.datagrams -= start.datagrams
        difference.bytes -= start.bytes
        return difference
    }
}

/// A server's counts as its thread keeps them and others read them.
final class ServerCounters: Sendable {
    private let accepted = Atomic(0)
    private let answered = Atomic(0)
    private let datagrams = Atomic(0)
    private let bytes = Atomic(0)

    func addAccepted() { accepted.add(1, ordering: .relaxed) }
    func addAnswered() { answered.add(1, ordering: .relaxed) }
    func add(datagrams count: Int) { datagrams.add(count, ordering: .relaxed) }
    func add(bytes count: Int) { bytes.add(count, ordering: .relaxed) }

    var values: ServerCounts {
        var values = ServerCounts()
        values.accepted = accepted.load(ordering: .relaxed)
        values.answered = answered.load(ordering: .relaxed)
        values.datagrams = datagrams.load(ordering: .relaxed)
        values.bytes = bytes.load(ordering: .relaxed)
        return values
    }
}
