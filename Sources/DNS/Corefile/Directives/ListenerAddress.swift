package import Network

/// Where an endpoint of HTTP listens: `ADDRESS:PORT`, or `:PORT` for every address.
package struct ListenerAddress: Hashable, Sendable {
    /// Nil for every address of both families.
    package var address: IPAddress?
    package var port: Port

    package init(_ address: IPAddress?, _ port: Port) {
        (self.address, self.port) = (address, port)
    }

    /// The address that is the only value, or the one there is anyway.
    init(_ directive: Directive, standard: ListenerAddress) throws(CorefileError) {
        let values = try directive.expect(0...1, "\(directive.name) [ADDRESS:PORT]")
        guard let word = values.first else {
            self = standard
            return
        }
        if word.text.hasPrefix(":"), let port = Port(word.text.dropFirst()) {
            self.init(nil, port)
        } else if let listener = AddressAndPort(Self.numeric(word.text)) {
            self.init(listener.address, listener.port)
        } else {
            throw directive.unsuitable(
                word, "write ADDRESS:PORT or :PORT, such as \(standard)")
        }
    }

    private static let localhost = "localhost:"

    private static func numeric(_ text: String) -> String {
        text.hasPrefix(localhost) ? "127.0.0.1:" + text.dropFirst(localhost.count) : text
    }
}

extension ListenerAddress: CustomStringConvertible {
    package var description: String {
        address.map { "\(AddressAndPort($0, port))" } ?? ":\(port)"
    }
}
