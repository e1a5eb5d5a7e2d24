/// A server, and how to reach and trust it.
package struct Endpoint: Hashable, Sendable {
    package var server: ServerAddress
    /// Certificates in PEM that sign the server's; nil means those the system trusts.
    package var authorities: [UInt8]?
    /// Who we are to the server.
    package var identity: ClientIdentity?
    /// The name that the server's certificate must have, where it is not the address's.
    package var serverName: String?
    /// The URL of a proxy; the environment's proxies are for the caller to look up.
    package var proxy: String?
    /// Takes any certificate, so that the server may be anyone.
    package var skipsVerification = false
    package var protocols = HTTPProtocols.negotiated
    package var userAgent = "weft"

    package init(_ server: ServerAddress) { self.server = server }
}

extension Endpoint {
    /// Whether there may be several requests at once on a connection.
    var canShareConnections: Bool {
        switch protocols {
        case .negotiated: server.isSecure
        case .http1: false
        case .http2: true
        }
    }
}

/// A client's certificate, with those that it was signed by, and its key, in PEM.
package struct ClientIdentity: Hashable, Sendable {
    package var certificates: [UInt8]
    package var key: [UInt8]

    package init(certificates: [UInt8], key: [UInt8]) {
        self.certificates = certificates
        self.key = key
    }
}

/// The versions of HTTP that a server is spoken to in.
package enum HTTPProtocols: Hashable, Sendable {
    /// HTTP/2 where TLS agrees on it, else HTTP/1.1.
    case negotiated
    case http1
    /// HTTP/2 from the first byte, without TLS having agreed on it.
    case http2
}
