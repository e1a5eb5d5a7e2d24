/// The base of a server's URLs: `https://10.0.0.1:6443/prefix`.
package struct ServerAddress: Hashable, Sendable {
    package let isSecure: Bool
    /// A name or an address; an IPv6 address has its brackets.
    package let host: String
    package let port: UInt16
    /// What precedes every path: empty, or begins with a slash and does not end with one.
    package let prefix: String

    package init(_ url: String) throws(TransportError) {
        let scheme = url.prefix { $0 != ":" }
        let rest = url.dropFirst(scheme.count)
        guard rest.hasPrefix("://"), ["http", "https"].contains(scheme.lowercased()) else {
            throw Self.refusal(of: url, "a server's URL begins with https:// or http://")
        }
        let isSecure = scheme.lowercased() == "https"
        let authority = rest.dropFirst(3).prefix { $0 != "/" }
        guard let (host, port) = Self.split(authority, standard: isSecure ? 443 : 80) else {
            throw Self.refusal(of: url, "no host, or no port between 1 and 65535")
        }
        let path = rest.dropFirst(3 + authority.count)
        guard path.utf8.allSatisfy(\.isPathByte) else {
            throw Self.refusal(of: url, "a server's URL is without query, fragment and spaces")
        }
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.prefix = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
    }
}

extension ServerAddress: CustomStringConvertible {
    package var description: String { "\(isSecure ? "https" : "http")://\(authority)\(prefix)" }

    package var authority: String { "\(host):\(port)" }
}

extension ServerAddress {
    /// The host and the port of `host`, `host:port`, `[address]`, `[address]:port`.
    private static func split(_ text: Substring, standard: UInt16) -> (String, UInt16)? {
        var host = text
        var port = standard
        let end = text.last == "]" ? nil : text.lastIndex(of: ":")
        if let end {
            guard let number = UInt16(text[text.index(after: end)...]), number > 0 else {
                return nil
            }
            (host, port) = (text[..<end], number)
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.count > 2
        let inner = isBracketed ? host.dropFirst().dropLast() : host
        guard !inner.isEmpty, isBracketed || !inner.contains(":") else { return nil }
        return inner.utf8.allSatisfy(\.isHostByte) ? (String(host), port) : nil
    }

    private static func refusal(of url: String, _ reason: String) -> TransportError {
        // Whoever writes a password into a URL shall not find it in a log.
        let shown = url.contains("@") ? "a URL with a user in it" : "\"\(url)\""
        return TransportError(.invalidRequest, "read \(shown)", reason)
    }
}

extension UInt8 {
    /// What a host's name or address is made of, the colons and zone of IPv6 included.
    fileprivate var isHostByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._:%".utf8.contains(self)
        }
    }

    /// What a path is made of: visible ASCII without the beginnings of query and fragment.
    fileprivate var isPathByte: Bool {
        isVisible && !"?#\\".utf8.contains(self)
    }

    /// A byte that can stand in a URL or a token of HTTP: ASCII, neither space nor control.
    var isVisible: Bool { (0x21...0x7E).contains(self) }
}
