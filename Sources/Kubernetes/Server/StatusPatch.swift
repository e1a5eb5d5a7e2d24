package import JSON
import Platform
import Transport

/// A change of an object's status, sent by a thread that may wait for the answer.
package struct StatusPatch: Sendable {
    /// The object's path: "/api/v1/nodes/a".
    private let path: String
    /// What is put into the object: lists whose elements have names are merged by these.
    private let document: JSONValue

    package init(_ path: String, _ document: JSONValue) {
        self.path = path
        self.document = document
    }

    package static func node(_ name: String, _ document: JSONValue) -> StatusPatch {
        StatusPatch("\(Kind.node.resource.path)/\(name)", document)
    }

    /// Asks the server to take it; answers what it said against that, nil if it did.
    package func send(
        with settings: CredentialsSettings, within patience: Duration = .seconds(10)
    ) throws -> String? {
        var credentials = try Credentials(settings)
        let access = try credentials.current()
        let client = try HTTPClient(Transport.Endpoint(access))
        _ = try client.start(request(access, patience))
        var answer = Answer()
        while !answer.isWhole {
            try client.advance()
            while let event = client.next() { try answer.take(event, from: client) }
            if answer.isWhole { break }
            _ = try client.descriptor.wait(for: .read, until: .now + patience)
        }
        return answer.isAccepted ? nil : answer.refusal
    }

    private func request(_ access: ClusterAccess, _ patience: Duration) -> HTTPRequest {
        var request = HTTPRequest(.patch, "\(path)/status")
        request.fields =
            [
                HTTPField("Accept", "application/json"),
                HTTPField("Content-Type", "application/strategic-merge-patch+json"),
            ] + access.fields
        request.body = Array(document.text.utf8)
        request.limits.whole = patience
        request.longestAnswer = 1 << 20
        return request
    }
}

/// What has come of an answer so far.
private struct Answer {
    private var status = 0
    private var body: [UInt8] = []
    private(set) var isWhole = false

    var isAccepted: Bool { (200..<300).contains(status) }

    mutating func take(_ event: HTTPEvent, from client: HTTPClient) throws {
        switch event {
        case .head(_, let head): status = head.status
        case .body(let id): try client.read(id, into: &body)
        case .ended: isWhole = true
        case .failed(_, let error): throw error
        }
    }

    /// The server's own words, where it has sent any.
    var refusal: String {
        let document = try? JSONValue(document: body.span)
        return "\(status) \(document?.object?["message"]?.string ?? "")"
    }
}
