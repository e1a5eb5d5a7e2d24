import Synchronization

/// An answer, which any thread may write piece by piece for as long as it likes.
package final class ResponseStream: Sendable {
    let connection: UInt64
    let number: Int32
    private let fault: Fault?
    private let state: ServerState
    private let progress = Mutex(Progress())

    private struct Progress {
        var pieces = 0
        var isOpen = true
        var backlog = 0
    }

    init(_ connection: UInt64, _ number: Int32, _ fault: Fault?, _ state: ServerState) {
        self.connection = connection
        self.number = number
        self.fault = fault
        self.state = state
    }
}

extension ResponseStream {
    /// Whether somebody still waits for more of the answer.
    package var isOpen: Bool { progress.withLock { $0.isOpen } }

    /// How many bytes wait to be sent.
    package var backlog: Int { progress.withLock { $0.backlog } }

    /// Sends the head, which comes before everything else.
    package func begin(_ status: Int, _ fields: [(String, String)] = []) {
        var head = ResponseHead(status, fields)
        switch fault {
        case .wire(let fault, let bytes): give(.fault(fault, afterBytes: bytes))
        case .goAway: give(.goAway)
        case .contentType(let type):
            head.fields.removeAll { $0.0.lowercased() == "content-type" }
            head.fields.append(("content-type", type))
        default: break
        }
        give(.head(head))
    }

    /// Sends a piece of the body, such as one event of a watch.
    package func write(_ bytes: [UInt8]) {
        let piece = progress.withLock { progress in
            progress.pieces += 1
            return progress.pieces - 1
        }
        switch fault {
        case .halfPiece(piece):
            send(Array(bytes.prefix(bytes.count / 2)))
            end()
        case .repeatedPiece(piece):
            send(bytes)
            send(bytes)
        case .resetStream(piece):
            give(.reset)
            close()
        default: send(bytes)
        }
    }

    package func end() {
        give(.end)
        close()
    }

    /// Sends all of an answer.
    package func respond(
        _ body: [UInt8], status: Int = 200, type: String = "application/json",
        fields: [(String, String)] = []
    ) {
        begin(status, [("content-type", type)] + fields)
        if !body.isEmpty { write(body) }
        end()
    }

    package func respond(
        _ body: String, status: Int = 200, type: String = "application/json",
        fields: [(String, String)] = []
    ) {
        respond(Array(body.utf8), status: status, type: type, fields: fields)
    }
}

extension ResponseStream {
    private func send(_ bytes: [UInt8]) {
        progress.withLock { $0.backlog += bytes.count }
        give(.body(bytes))
    }

    /// Nothing is sent any more once an answer is over.
    private func give(_ action: StreamAction) {
        if isOpen { state.give(self, action) }
    }

    func close() { progress.withLock { $0.isOpen = false } }

    func set(backlog: Int) { progress.withLock { $0.backlog = backlog } }
}
