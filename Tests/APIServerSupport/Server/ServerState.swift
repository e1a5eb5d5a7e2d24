import Platform
import Synchronization

/// What a server's thread shares with everybody else.
final class ServerState: Sendable {
    let settings: Mutex<ServerSettings>
    let counts = Mutex(ServerCounts())
    let handler: any RequestHandler
    private let inbox = Mutex(Inbox())
    private let waker: Waker

    struct Inbox {
        var orders: [Order] = []
        var closesConnections = false
        var isOver = false
    }

    /// Something to be done with an answer.
    struct Order {
        let stream: ResponseStream
        let action: StreamAction
    }

    init(_ settings: ServerSettings, _ handler: any RequestHandler, _ waker: Waker) {
        self.settings = Mutex(settings)
        self.handler = handler
        self.waker = waker
    }

    func give(_ stream: ResponseStream, _ action: StreamAction) {
        tell { $0.orders.append(Order(stream: stream, action: action)) }
    }

    func tell(_ change: (inout Inbox) -> Void) {
        inbox.withLock { change(&$0) }
        waker.wake()
    }

    func takeInbox() -> Inbox {
        inbox.withLock { inbox in
            let taken = inbox
            inbox = Inbox()
            return taken
        }
    }
}
