import Synchronization

/// A whole zone on its way to a client, message by message (RFC 5936).
///
/// It shows the zone as it was when the transfer began, and ends with the record it began with.
package final class ZoneTransfer: Sendable {
    private let state: Mutex<State>
    /// Held until the transfer ends, whichever way.
    private let turn: TransferTurn

    fileprivate struct State {
        let head: Message
        var source: any TransferSource
        /// Records that were read and are not sent.
        var rest: ArraySlice<Record>
        let authority: Record
        var isSourceEmpty = false
    }

    /// Takes a reply without records, the zone's SOA record, and all others.
    init(
        _ head: Message, _ authority: Record, _ source: any TransferSource, _ turn: TransferTurn
    ) {
        state = Mutex(
            State(head: head, source: source, rest: [authority], authority: authority))
        self.turn = turn
    }

    /// What a message may have, unless one record has more: pointers reach as far (RFC 1035 section
    /// 4.1.4), and longer ones would only keep others waiting.
    private static let longestPart = 16 << 10

    /// The next message; nil once all were sent.
    package func next() -> [UInt8]? {
        state.withLock { state in
            var message = state.head
            var size = headerLength + DomainName.longestName + 4
            while let record = state.first {
                size += record.name.wire.count + 10 + record.data.count
                if size > Self.longestPart, !message.answers.isEmpty { break }
                message.answers.append(record)
                state.rest.removeFirst()
            }
            return message.answers.isEmpty ? nil : message.encoded()
        }
    }
}

extension ZoneTransfer.State {
    /// The record that comes next, read if need be.
    fileprivate var first: Record? {
        mutating get {
            while rest.isEmpty, !isSourceEmpty {
                if let records = source.next() {
                    rest = records[...]
                } else {
                    isSourceEmpty = true
                    rest = [authority]
                }
            }
            return rest.first
        }
    }
}

/// The records of a zone without its SOA record, some at a time.
protocol TransferSource: Sendable {
    mutating func next() -> [Record]?
}
