import Platform

/// One request on its way in, or its answer on its way out.
final class Connection {
    private enum State {
        case reading([UInt8])
        /// Bytes of which some are sent.
        case writing([UInt8], sent: Int)
        /// All is sent; what the client still sends is read away, or it might not get the answer.
        case draining
    }

    let socket: StreamSocket
    private var state = State.reading([])

    private let gate: StatusGate

    init(_ socket: consuming StreamSocket, through gate: StatusGate) {
        self.socket = socket
        self.gate = gate
    }

    /// What is read at once.
    private static let chunk = 4096
}

extension Connection {
    /// What the connection waits for; nil when it is done.
    func advance() throws(PlatformError) -> Readiness? {
        while true {
            switch state {
            case .reading(var bytes):
                guard let count = try read(into: &bytes) else { return .read }
                if count == 0 { return nil }
                state = .reading(bytes)
                take(bytes)
            case .writing(let bytes, let sent):
                let rest = bytes.span.extracting(droppingFirst: sent)
                guard let count = try socket.write(rest) else { return .write }
                state = .writing(bytes, sent: sent + count)
                if sent + count == bytes.count {
                    try socket.shutdown(.write)
                    state = .draining
                }
            case .draining:
                var ignored: [UInt8] = []
                guard let count = try read(into: &ignored) else { return .read }
                if count == 0 { return nil }
            }
        }
    }

    private func take(_ bytes: [UInt8]) {
        switch RequestHead.progress(of: bytes, anyMethod: gate.takesAnyMethod) {
        case .partial: break
        case .refused(let response): state = .writing(response.bytes(to: nil), sent: 0)
        case .whole(let head):
            state = .writing(gate.answer(head).bytes(to: head.method), sent: 0)
        }
    }

    private func read(into bytes: inout [UInt8]) throws(PlatformError) -> Int? {
        var count: Int?
        try bytes.append(addingCapacity: Self.chunk) { output throws(PlatformError) in
            count = try socket.socket.receive(appendingTo: &output)
        }
        return count
    }
}
