import Platform
import Transport

/// Asks an API server for an object of each kind, to see what it would answer.
package struct AccessProbe {
    private let connection: ServerConnection
    private var pending: [TransferID: Kind] = [:]
    /// What the server said to those that it refused.
    private var refusals: [Kind: Int] = [:]

    /// Throws when there are no credentials, or none that can be used.
    package init(_ settings: CredentialsSettings) throws {
        var credentials = try Credentials(settings)
        let access = try credentials.current()
        connection = try ServerConnection(credentials, access)
    }

    /// HTTP's numbers by which kinds were refused; throws when the server cannot be asked.
    package mutating func refusals(
        of kinds: Set<Kind>, within limit: Duration
    ) throws -> [Kind: Int] {
        for kind in kinds {
            let request = ListWatchRequest(
                purpose: .check, resource: kind.resource, query: [.init(name: "limit", value: "1")])
            pending[try connection.start(request)] = kind
        }
        let end = MonotonicTime.now + limit
        while !pending.isEmpty {
            guard try connection.descriptor.wait(for: .read, until: end) else {
                throw TransportError(
                    .timedOut, "ask the API server", "no answer within \(limit)",
                    remedy: "is it the right address, and is a firewall between?")
            }
            try connection.advance()
            while let event = connection.next() { try take(event) }
        }
        return refusals
    }

    private mutating func take(_ event: HTTPEvent) throws {
        switch event {
        case .head(let id, let head):
            guard let kind = pending.removeValue(forKey: id) else { return }
            if head.status >= 300 { refusals[kind] = head.status }
            connection.cancel(id)
        case .failed(_, let error): throw error
        case .body, .ended: break
        }
    }
}
