import Platform
import TestSupport

@testable import Transport

/// A client with a loop of its own, for tests that may wait.
final class Caller {
    let client: HTTPClient
    private var loop: EventLoop<Source>
    private var events: [Event<Source>] = []
    private var answers: [TransferID: Answer] = [:]
    /// How often something happened, or a deadline came.
    private(set) var turns = 0

    private enum Source: UInt64 {
        case client
    }

    /// An answer as far as it has come.
    struct Answer {
        var head: HTTPHead?
        var body: [UInt8] = []
        var error: TransportError?
        var isOver = false

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    init(_ endpoint: Endpoint) throws {
        client = try HTTPClient(endpoint)
        loop = try EventLoop<Source>()
        try loop.add(client.descriptor, .read, as: .client)
    }

    func start(_ request: HTTPRequest) throws -> TransferID {
        let id = try client.start(request)
        answers[id] = Answer()
        return id
    }

    /// Lets things happen until an answer is as the test wants it.
    func wait(
        for id: TransferID, reading: Bool = true, until isEnough: (Answer) -> Bool = \.isOver
    ) throws -> Answer {
        let deadline = MonotonicTime.now + .patience
        while true {
            if let answer = answers[id], isEnough(answer) { return answer }
            guard .now < deadline else { throw PlatformError(.timedOut, "wait for an answer") }
            try turn(reading: reading, until: deadline)
        }
    }

    /// Waits for something to happen, or for the deadline, and takes it in.
    func turn(reading: Bool = true, until deadline: MonotonicTime) throws {
        turns += 1
        try loop.wait(into: &events, until: deadline)
        try client.advance()
        while let event = client.next() { try take(event, reading: reading) }
    }

    private func take(_ event: HTTPEvent, reading: Bool) throws {
        switch event {
        case .head(let id, let head): answers[id]?.head = head
        case .body(let id): if reading { try read(id) }
        case .ended(let id): answers[id]?.isOver = true
        case .failed(let id, let error):
            answers[id]?.error = error
            answers[id]?.isOver = true
        }
    }

    func read(_ id: TransferID) throws {
        var body: [UInt8] = []
        try client.read(id, into: &body)
        answers[id]?.body += body
    }

    func forget(_ id: TransferID) { answers[id] = nil }

    func ask(_ request: HTTPRequest) throws -> Answer {
        try wait(for: try start(request))
    }

    func get(_ path: String) throws -> Answer { try ask(HTTPRequest(.get, path)) }
}
