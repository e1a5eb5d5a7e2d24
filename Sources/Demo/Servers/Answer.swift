package import Network

/// What a server of the demonstration says: who it is, and who it thinks asks.
package struct Answer: Hashable, Sendable {
    package let server: String
    package let client: AddressAndPort

    package init(server: String, client: AddressAndPort) {
        self.server = server
        // An IPv6 socket takes connections of both families.
        self.client = AddressAndPort(client.address.unmapped, client.port)
    }
}

extension Answer: CustomStringConvertible {
    package var description: String { "\(server) answers \(client)" }

    /// Reads what `description` has written.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1] == "answers",
            let client = AddressAndPort(words[2].prefix { !$0.isNewline })
        else { return nil }
        self.init(server: String(words[0]), client: client)
    }
}

extension Answer {
    /// The answer as HTTP has it.
    var response: String {
        let body = "\(self)\n"
        return """
            HTTP/1.1 200 OK\r
            Content-Type: text/plain\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """
    }

    /// Reads the body of such a response.
    init?(response: [UInt8]) {
        let lines = String(decoding: response, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        guard let status = lines.first, status.hasPrefix("HTTP/1.1 200 "),
            let head = lines.firstIndex(of: ""), head + 1 == lines.count - 1
        else { return nil }
        self.init(String(lines[head + 1]))
    }
}
