import Network
import Platform
import Synchronization
import TestSupport

/// What came of asking a service.
enum Answer: Hashable, Sendable {
    case reply(server: String, client: IPAddress)
    case refused
    case dropped
    case failed(String)

    var server: String? {
        if case .reply(let server, _) = self { return server }
        return nil
    }

    init(_ reply: Reply) { self = .reply(server: reply.server, client: reply.client.address) }

    init(_ error: any Error) {
        switch (error as? PlatformError)?.code {
        case .connectionRefused: self = .refused
        case .timedOut, .notPermitted: self = .dropped
        default: self = .failed("\(error)")
        }
    }
}

extension Duration {
    /// How long is waited for what must not come.
    static var silence: Duration { .milliseconds(250) }
}

extension Host {
    /// Asks from a new port.
    func answer(
        _ transport: TransportProtocol, _ target: AddressAndPort, from local: AddressAndPort? = nil,
        within limit: Duration = .patience
    ) -> Answer {
        do {
            return try converse(transport, with: target, from: local, within: limit)
                .answer(within: limit)
        } catch {
            return Answer(error)
        }
    }

    func answer(
        _ transport: TransportProtocol, _ address: String, _ port: Port = 80,
        from local: AddressAndPort? = nil, within limit: Duration = .patience
    ) throws -> Answer {
        let target = AddressAndPort(try IPAddress(validating: address), port)
        return answer(transport, target, from: local, within: limit)
    }
}

extension Conversation {
    /// Asks, for an answer of any kind.
    func answer(within limit: Duration = .patience) -> Answer {
        do { return Answer(try ask("", within: limit)) } catch { return Answer(error) }
    }
}

/// Does work for many items on threads of our own, which may wait; in the order of the items.
func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item], threads: Int, _ body: @escaping @Sendable (Item) -> Result
) throws -> [Result] {
    let work = SharedWork(items, body)
    do {
        var workers: [Worker] = []
        for _ in 0..<threads { workers.append(Worker(try Thread { work.goOn() })) }
    }
    return work.results
}

/// Arrays hold classes only.
private final class Worker: Sendable {
    private let thread: Thread
    init(_ thread: consuming Thread) { self.thread = thread }
}

private final class SharedWork<Item: Sendable, Result: Sendable>: Sendable {
    private let items: [Item]
    private let body: @Sendable (Item) -> Result
    private let state: Mutex<(next: Int, results: [Result?])>

    init(_ items: [Item], _ body: @escaping @Sendable (Item) -> Result) {
        self.items = items
        self.body = body
        state = Mutex((0, Array(repeating: nil, count: items.count)))
    }

    var results: [Result] { state.withLock { $0.results.compactMap(\.self) } }

    func goOn() {
        while let index = take() {
            let result = body(items[index])
            state.withLock { $0.results[index] = result }
        }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard state.next < items.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }
}
