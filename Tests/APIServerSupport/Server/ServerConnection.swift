import Platform
import Support

/// A client's connection, on the server's thread.
final class ServerConnection {
    let number: UInt64
    private let socket: StreamSocket
    private let tls: TLSSession?
    private var session: (any ServerSession)?
    private let speaksHTTP2: Bool
    private var outgoing = ByteQueue()
    private var fuse: Fuse?
    private(set) var condition = Condition.open

    enum Condition {
        case open
        /// Open to the client, and dead.
        case stalled
        case closed
    }

    /// A fault that waits until so many more bytes are sent.
    private struct Fuse {
        var left: Int
        let fault: WireFault
    }

    init(
        _ number: UInt64, _ socket: consuming StreamSocket, _ context: TLSContext?,
        speaksHTTP2: Bool
    ) throws {
        self.number = number
        self.socket = socket
        if let context { tls = try TLSSession(context) } else { tls = nil }
        self.speaksHTTP2 = speaksHTTP2
    }

    var descriptor: Descriptor {
        _read { yield socket.socket.descriptor }
    }

    /// Whether there is something to be sent that the kernel had no room for.
    var isWaitingForRoom: Bool { condition == .open && !outgoing.isEmpty }
}

extension ServerConnection {
    func takeRequests() -> [(stream: Int32, request: ServerRequest)] {
        session?.takeRequests() ?? []
    }

    func takeClosed() -> [Int32] { session?.takeClosed() ?? [] }

    func backlog(of stream: Int32) -> Int { session?.backlog(of: stream) ?? 0 }

    /// Takes in what has come.
    func receive() {
        var room = [UInt8](repeating: 0, count: 64 << 10)
        while condition == .open {
            var span = room.mutableSpan
            guard let count = try? socket.read(into: &span) else {
                // Nothing yet, or an error; the loop reports errors again as an end.
                return
            }
            if count == 0 || !take(room.span.extracting(first: count)) {
                condition = .closed
            }
        }
    }

    private func take(_ bytes: Span<UInt8>) -> Bool {
        guard tls != nil else { return takePlain(bytes) }
        var plain: [UInt8] = []
        let progress = tls?.decrypt(bytes, into: &plain) ?? .ended
        if !plain.isEmpty, !takePlain(plain.span) { return false }
        if progress == .failed {
            // To close at once could have the kernel throw away the alert that says why.
            flush()
            try? socket.shutdown(.write)
            condition = .stalled
        }
        return progress != .ended
    }

    private func takePlain(_ bytes: Span<UInt8>) -> Bool {
        if session == nil {
            // HTTP/2 begins with "PRI", which is no method of HTTP/1.1.
            let isHTTP2 = bytes.count > 2 && bytes[0] == 0x50 && bytes[1] == 0x52
            session = isHTTP2 && speaksHTTP2 ? try? HTTP2Session(number) : HTTP1Session(number)
        }
        return session?.receive(bytes) ?? false
    }

    func perform(_ action: StreamAction, on stream: Int32) {
        if case .fault(let fault, let bytes) = action {
            fuse = Fuse(left: bytes, fault: fault)
        } else {
            session?.perform(action, on: stream)
        }
    }

    /// Sends all there is, or as much as there is room for, or as the fuse allows.
    func flush() {
        while condition == .open {
            if fuse?.left == 0 { return blow() }
            if outgoing.isEmpty { produce() }
            if outgoing.isEmpty {
                if session?.isOver ?? false { condition = .closed }
                return
            }
            let piece = outgoing.first(min(64 << 10, fuse?.left ?? .max))
            do {
                guard let count = try socket.write(piece.span) else { return }
                outgoing.drop(count)
                fuse?.left -= count
            } catch {
                condition = .closed
            }
        }
    }

    /// Puts as many frames into a record of TLS as there is room for, as a server's buffer would.
    private func produce() {
        var plain: [UInt8] = []
        while plain.count < 16 << 10, let frame = session?.takeOutput(), !frame.isEmpty {
            plain += frame
        }
        guard tls != nil else { return outgoing.append(plain) }
        var bytes: [UInt8] = []
        tls?.encrypt(plain)
        tls?.takeOutput(into: &bytes)
        outgoing.append(bytes)
    }

    private func blow() {
        guard let fault = fuse.take()?.fault else { return }
        switch fault {
        case .cut: condition = .closed
        case .reset:
            try? socket.resetOnClose()
            condition = .closed
        case .stall: condition = .stalled
        case .garbage:
            let bytes = [UInt8](repeating: 0xA5, count: 256)
            _ = try? socket.write(bytes.span)
        }
    }
}
