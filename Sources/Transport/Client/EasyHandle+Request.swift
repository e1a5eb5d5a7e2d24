import CCurl
import Platform

extension EasyHandle {
    /// A handle with all that libcurl must know of a request.
    static func prepared(
        for request: HTTPRequest, to endpoint: Endpoint
    ) throws(TransportError) -> EasyHandle {
        var handle = try EasyHandle()
        try handle.setConnection(endpoint)
        try handle.setTrust(endpoint)
        try handle.setRequest(request, endpoint)
        // libcurl spreads this over the addresses that a name has.
        let milliseconds = Int(request.limits.connect.nanoseconds / 1_000_000)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, to: max(1, milliseconds))
        return handle
    }

    private func setConnection(_ endpoint: Endpoint) throws(TransportError) {
        // Signals are the process's, not a library's.
        try set(CURLOPT_NOSIGNAL, to: 1)
        try set(CURLOPT_PROTOCOLS_STR, to: "http,https")
        try set(CURLOPT_PROXY, to: endpoint.proxy ?? "")
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, to: 1)
        // Rather a stream of a connection that is being made than another connection; where there
        // are no streams, a request would wait for the end of one that has none.
        try set(CURLOPT_PIPEWAIT, to: endpoint.canShareConnections ? 1 : 0)
        // For all that libcurl reads at once: a stream alone then never stops in the midst of it.
        try set(CURLOPT_BUFFERSIZE, to: 64 << 10)
        try set(CURLOPT_TCP_NODELAY, to: 1)
        try set(CURLOPT_TCP_KEEPALIVE, to: 1)
        try set(CURLOPT_TCP_KEEPIDLE, to: 30)
        try set(CURLOPT_TCP_KEEPINTVL, to: 10)
        let version =
            switch endpoint.protocols {
            case .negotiated: CURL_HTTP_VERSION_2TLS
            case .http1: CURL_HTTP_VERSION_1_1
            case .http2: CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
            }
        try set(CURLOPT_HTTP_VERSION, to: version)
    }

    private func setTrust(_ endpoint: Endpoint) throws(TransportError) {
        try set(CURLOPT_SSLVERSION, to: CURL_SSLVERSION_TLSv1_2)
        if let authorities = endpoint.authorities {
            try set(CURLOPT_CAINFO_BLOB, to: authorities)
            // Else whoever the system trusts could vouch for the server as well.
            try clear(CURLOPT_CAPATH)
        }
        if endpoint.skipsVerification {
            try set(CURLOPT_SSL_VERIFYPEER, to: 0)
            try set(CURLOPT_SSL_VERIFYHOST, to: 0)
        }
        if let identity = endpoint.identity {
            try set(CURLOPT_SSLCERT_BLOB, to: identity.certificates)
            try set(CURLOPT_SSLKEY_BLOB, to: identity.key)
        }
    }

    private mutating func setRequest(
        _ request: HTTPRequest, _ endpoint: Endpoint
    ) throws(TransportError) {
        try request.check()
        var lines = request.fields.map(\.line)
        try setAddress(endpoint, request.path, &lines)
        try set(CURLOPT_PATH_AS_IS, to: 1)
        try set(CURLOPT_USERAGENT, to: endpoint.userAgent)
        if request.acceptsCompression { try set(CURLOPT_ACCEPT_ENCODING, to: "gzip") }
        if request.method != .get || !request.body.isEmpty {
            try setBody(request.body)
            try set(CURLOPT_CUSTOMREQUEST, to: request.method.rawValue)
            // libcurl would wait a second for leave to send a long body.
            lines.append("Expect:")
        }
        try setHeaders(lines)
    }

    /// The name that TLS is to check is the URL's: where another is asked for, the URL has that,
    /// and libcurl is told where to connect and what to call the server in the request.
    private mutating func setAddress(
        _ endpoint: Endpoint, _ path: String, _ lines: inout [String]
    ) throws(TransportError) {
        let server = endpoint.server
        guard let name = endpoint.serverName, server.isSecure else {
            return try set(CURLOPT_URL, to: "\(server)\(path)")
        }
        try set(CURLOPT_URL, to: "https://\(name):\(server.port)\(server.prefix)\(path)")
        lines.append("Host: \(server.authority)")
        try setPlace(server.authority)
    }
}
