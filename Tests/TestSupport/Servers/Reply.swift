package import Network

/// What a server of the lab answers: who it is, whom it sees, and what it was told.
package struct Reply: Hashable, Sendable {
    package let server: String
    /// The client's address and port as the server sees them.
    package let client: AddressAndPort
    /// The request's text.
    package let text: String
}

extension Reply {
    init(_ server: String, _ client: AddressAndPort, _ request: Span<UInt8>) {
        var text: [UInt8] = []
        for index in request.indices { text.append(request[index]) }
        self.init(server: server, client: client, text: String(decoding: text, as: UTF8.self))
    }

    /// One line; a server's name has no spaces.
    var bytes: [UInt8] { Array("\(server) \(client) \(text)\n".utf8) }

    init(parsing bytes: [UInt8]) throws(LabError) {
        let line = String(decoding: bytes, as: UTF8.self)
        let parts = line.dropLast().split(
            separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard line.last == "\n", parts.count == 3, let client = AddressAndPort(parts[1]) else {
            throw LabError("this is no reply: \(line)")
        }
        self.init(server: String(parts[0]), client: client, text: String(parts[2]))
    }
}

extension [IPAddress] {
    /// What a socket is bound to that is to be reached by every address.
    static let unspecified: [IPAddress] = [
        .v4(IPv4Address(0, 0, 0, 0)), .v6(IPv6Address(high: 0, low: 0)),
    ]
}
