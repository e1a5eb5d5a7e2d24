/// Everything a client needs to speak to an API server at one moment.
package struct ClusterAccess: Hashable, Sendable {
    /// `https://host:port`, perhaps with a path, without a slash at the end.
    package var server: String
    /// The certificates of the authorities to trust; nil means the system's.
    package var authorityPEM: [UInt8]?
    /// Whether the server's certificate is not to be checked.
    package var isInsecure = false
    /// The name to expect in the server's certificate and to ask for, where it is not the host's.
    package var serverName: String?
    /// May hold a user and a password.
    package var proxyURL: Secret?
    package var clientCertificatePEM: [UInt8]?
    package var clientKeyPEM: Secret?
    /// What `Authorization: Bearer` is to say.
    package var token: Secret?
    /// The headers that ask to act as somebody else.
    package var impersonation: [Header] = []
    /// The namespace of commands that name none.
    package var namespace = "default"
    /// Whether answers may be compressed.
    package var compresses = true

    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(server: String) { self.server = server }
}

extension ClusterAccess {
    /// Whether two would show the server the same credentials.
    func hasSameCredentials(as other: Self) -> Bool {
        token == other.token && clientKeyPEM == other.clientKeyPEM
            && clientCertificatePEM == other.clientCertificatePEM
    }
}
