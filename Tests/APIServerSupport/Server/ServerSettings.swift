/// What a server is like; a change holds for new connections, or for new requests.
package struct ServerSettings: Sendable {
    /// Whom the server is to TLS; nil means that it speaks without.
    package var identity: TestIdentity?
    /// The authority in PEM of which every client must have a certificate.
    package var clientAuthority: [UInt8]?
    package var speaksHTTP2 = true
    /// The bearer token that every request must carry.
    package var token: String?
    package var faults = FaultPlan.none

    package init(_ identity: TestIdentity? = nil) { self.identity = identity }
}

/// What a server has seen so far.
package struct ServerCounts: Hashable, Sendable {
    package internal(set) var connections = 0
    package internal(set) var openConnections = 0
    package internal(set) var requests = 0
    package internal(set) var faults = 0
}

/// Answers requests, from the server's thread: what takes long is for another.
package protocol RequestHandler: Sendable {
    func respond(to request: ServerRequest, with stream: ResponseStream)
}
