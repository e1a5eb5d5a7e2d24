import Platform
import Transport

/// Requests to one API server, with whatever credentials are good at the time.
final class ServerConnection {
    private let client: HTTPClient
    private var credentials: Credentials
    private var access: ClusterAccess

    /// `access` is what the credentials are at the beginning.
    init(_ credentials: Credentials, _ access: ClusterAccess) throws(TransportError) {
        self.credentials = credentials
        self.access = access
        client = try HTTPClient(Transport.Endpoint(access))
    }

    var descriptor: Descriptor { _read { yield client.descriptor } }
    var counters: HTTPCounters { client.counters }
}

extension ServerConnection {
    /// Begins a request that the machine of a kind wants.
    func start(_ request: ListWatchRequest) throws -> TransferID {
        try refresh()
        var http = HTTPRequest(.get, request.target)
        http.acceptsCompression = access.compresses
        http.sharesConnection = request.purpose != .page
        http.limits.head = ListWatchTimes.answer
        // The machine gives up a silent answer before.
        http.limits.silence = ListWatchTimes.silence + .seconds(10)
        let accepted =
            request.isWatch ? ObjectFormat.acceptedInWatches : ObjectFormat.accepted
        http.fields = [HTTPField("Accept", accepted)] + access.fields
        return try client.start(http)
    }

    /// Takes credentials anew after the server has refused those that were sent.
    func reload() throws {
        if credentials.reload(after: access) { try refresh() }
    }

    private func refresh() throws {
        let now = try credentials.current()
        guard now != access else { return }
        let last = try Transport.Endpoint(access)
        access = now
        let endpoint = try Transport.Endpoint(now)
        if endpoint != last { try client.reconfigure(endpoint) }
    }

    /// Makes new requests on another connection; what goes on on the old one may go on.
    func renew() throws(TransportError) { try client.reconfigure(client.endpoint) }

    /// What people should know of the credentials and were not told yet.
    func takeWarnings() -> [String] { credentials.takeWarnings() }

    func cancel(_ id: TransferID) {
        // Can only fail to set a timer, which the next `advance` sets again and reports.
        try? client.cancel(id)
    }

    func advance() throws(TransportError) { try client.advance() }
    func next() -> HTTPEvent? { client.next() }

    func read(_ id: TransferID, into bytes: inout [UInt8]) throws(TransportError) {
        try client.read(id, into: &bytes)
    }
}

extension ClusterAccess {
    /// Who asks, and on whose behalf.
    var fields: [HTTPField] {
        let token = token.map { HTTPField("Authorization", "Bearer \($0.revealed)") }
        return [token].compactMap(\.self)
            + impersonation.map { HTTPField($0.name, $0.value) }
    }
}

extension Transport.Endpoint {
    init(_ access: ClusterAccess) throws(TransportError) {
        self.init(try ServerAddress(access.server))
        authorities = access.authorityPEM
        if let certificates = access.clientCertificatePEM, let key = access.clientKeyPEM {
            identity = ClientIdentity(certificates: certificates, key: key.bytes)
        }
        serverName = access.serverName
        proxy = access.proxyURL?.revealed
        skipsVerification = access.isInsecure
    }
}
