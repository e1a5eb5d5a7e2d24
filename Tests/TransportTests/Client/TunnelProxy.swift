import Network
import Platform
import Synchronization

/// A proxy that carries one tunnel after the other, as long as it is referred to.
final class TunnelProxy: Sendable {
    let url: String
    private let state: State
    private let thread: Thread

    fileprivate final class State: Sendable {
        let listener: ListeningSocket
        let refuses: Bool
        let asked = Mutex<[String]>([])
        let isOver = Atomic(false)

        init(_ listener: consuming ListeningSocket, refuses: Bool) {
            self.listener = listener
            self.refuses = refuses
        }
    }

    init(refuses: Bool = false) throws {
        let listener = try ListeningSocket(.ip(.v4(.loopback), 0))
        url = "http://127.0.0.1:\(try listener.socket.localPort)"
        let state = State(listener, refuses: refuses)
        self.state = state
        thread = try Thread {
            while !state.isOver.load(ordering: .relaxed) { try? state.serve() }
        }
    }

    deinit { state.isOver.store(true, ordering: .relaxed) }

    /// The first lines of the requests it got.
    var asked: [String] { state.asked.withLock { $0 } }
}

extension TunnelProxy.State {
    fileprivate func serve() throws {
        guard let client = try listener.accept() else {
            _ = try listener.socket.descriptor.wait(for: .read, until: .now + .milliseconds(5))
            return
        }
        let request = try read(from: client) ?? []
        let line = String(decoding: request.prefix { $0 != 13 }, as: UTF8.self)
        asked.withLock { $0.append(line) }
        if refuses { return try write("HTTP/1.1 403 Forbidden\r\n\r\n", to: client) }
        let target = line.split(separator: " ")[1]
        let server = try StreamSocket(
            connectedTo: .ip(AddressAndPort(validating: String(target))),
            until: .now + .seconds(5))
        try write("HTTP/1.1 200 OK\r\n\r\n", to: client)
        while !isOver.load(ordering: .relaxed) {
            let fromClient = try carry(from: client, to: server)
            let fromServer = try carry(from: server, to: client)
            if !fromClient || !fromServer { return }
        }
    }

    private func write(_ text: String, to stream: borrowing StreamSocket) throws {
        try stream.write(all: Array(text.utf8).span, until: .now + .seconds(5))
    }

    /// What came within a moment; nil means nothing, no bytes that no more will.
    private func read(from stream: borrowing StreamSocket) throws -> [UInt8]? {
        _ = try stream.socket.descriptor.wait(for: .read, until: .now + .milliseconds(5))
        var room = [UInt8](repeating: 0, count: 1 << 16)
        var span = room.mutableSpan
        return try stream.read(into: &span).map { Array(room[..<$0]) }
    }

    /// False means the end.
    private func carry(
        from source: borrowing StreamSocket, to target: borrowing StreamSocket
    ) throws -> Bool {
        guard let bytes = try read(from: source) else { return true }
        try target.write(all: bytes.span, until: .now + .seconds(5))
        return !bytes.isEmpty
    }
}
