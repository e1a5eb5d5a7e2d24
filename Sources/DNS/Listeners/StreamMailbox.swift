import Platform
import Synchronization

/// Replies from elsewhere on their way to the thread whose connections they are for.
final class StreamMailbox: Sendable {
    struct Letter: Sendable {
        let source: StreamSource
        /// Empty if there will be no reply.
        let message: [UInt8]
    }

    private struct State {
        var letters: [Letter] = []
        var octets = 0
    }

    private let state = Mutex(State())
    private let waker: Waker

    init(_ waker: Waker) { self.waker = waker }

    /// Some thousand replies of usual length; there are no more letters than questions that wait.
    private static let limit = 4 << 20
}

extension StreamMailbox {
    /// Posts a reply; with too many of them unread, only that it is lost.
    func post(_ message: [UInt8], to source: StreamSource) {
        let isFirst = state.withLock { state in
            let isFit = message.count <= longestMessage
            let hasRoom = state.octets + message.count <= Self.limit
            let letter = Letter(source: source, message: isFit && hasRoom ? message : [])
            state.octets += letter.message.count
            state.letters.append(letter)
            return state.letters.count == 1
        }
        if isFirst { waker.wake() }
    }

    func take() -> [Letter] {
        state.withLock { state in
            defer { state = State() }
            return state.letters
        }
    }
}

/// The client of a connection, for one reply; without one, the connection learns of that.
final class StreamPlace: ReplyPlace {
    private let mailbox: StreamMailbox
    private let source: StreamSource
    private let isUsed = Flag()

    init(_ mailbox: StreamMailbox, _ source: StreamSource) {
        self.mailbox = mailbox
        self.source = source
    }

    deinit { if !isUsed.isSet { mailbox.post([], to: source) } }

    func reply(_ message: [UInt8]) {
        guard isUsed.setOnce() else { return }
        mailbox.post(message, to: source)
    }
}
