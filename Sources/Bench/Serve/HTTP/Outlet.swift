import Platform
import Support
import Synchronization

/// Where answers go out to one client, from any thread.
///
/// Whoever sends writes at once what the kernel takes, so that no other thread has to be woken for
/// it; what is left goes out when the server's thread finds room.
final class Outlet: Sendable {
    private struct State {
        var queue = ByteQueue()
        var isBroken = false
    }

    private let socket: StreamSocket
    private let waker: Waker
    private let state = Mutex(State())
    private static let piece = 256 << 10

    init(_ socket: consuming StreamSocket, _ waker: Waker) {
        self.socket = socket
        self.waker = waker
    }

    var descriptor: Descriptor { _read { yield socket.socket.descriptor } }
}

extension Outlet {
    func send(_ bytes: [UInt8]) {
        let isLeft = state.withLock { state in
            state.queue.append(bytes)
            drain(&state)
            return !state.queue.isEmpty
        }
        if isLeft { waker.wake() }
    }

    /// Goes on where the kernel had no room.
    func flush() { state.withLock { drain(&$0) } }

    /// Whether something waits for the kernel to have room.
    var isWaiting: Bool { state.withLock { !$0.isBroken && !$0.queue.isEmpty } }

    var isBroken: Bool { state.withLock(\.isBroken) }

    /// What has come; nil means nothing yet, an empty answer that nothing more will.
    func receive() -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 16 << 10)
        var span = room.mutableSpan
        do {
            guard let count = try socket.read(into: &span) else { return nil }
            return Array(room[..<count])
        } catch {
            return []
        }
    }

    private func drain(_ state: inout State) {
        while !state.isBroken, !state.queue.isEmpty {
            do throws(PlatformError) {
                let piece = state.queue.first(Self.piece)
                guard let count = try socket.write(piece.span) else { return }
                state.queue.drop(count)
            } catch {
                state.isBroken = true
            }
        }
    }
}
