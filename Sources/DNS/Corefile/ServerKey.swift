package import Network

/// What a server block is for: a zone at a port, in plain DNS or over TLS.
package struct ServerKey: Hashable, Sendable {
    package enum Scheme: String, Hashable, Sendable {
        case dns
        case tls
    }

    package var scheme: Scheme
    package var zone: DomainName
    package var port: Port
}

extension ServerKey: CustomStringConvertible {
    package var description: String { "\(scheme.rawValue)://\(zone):\(port)" }
}

extension ServerKey.Scheme {
    /// RFC 1035 section 4.2 and RFC 7858 section 3.1.
    package var standardPort: Port {
        switch self {
        case .dns: 53
        case .tls: 853
        }
    }

    /// What is on both sides of `://`.
    static func split(_ text: Substring) -> (name: Substring, rest: Substring)? {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            return nil
        }
        return (text[..<colon], text[colon...].dropFirst(3))
    }
}

/// The text of a key: `[scheme://]zone[:port]`, where a network stands for its reverse zones.
struct ServerKeyText {
    let scheme: ServerKey.Scheme
    let zones: [DomainName]
    let port: Port?

    /// The keys, in plain DNS at another port if the text has none.
    func keys(_ standard: Port) -> [ServerKey] {
        let port = port ?? (scheme == .dns ? standard : scheme.standardPort)
        return zones.map { ServerKey(scheme: scheme, zone: $0, port: port) }
    }

    init(_ word: Word, owner: String) throws(CorefileError) {
        func wrong(_ advice: String) -> CorefileError {
            CorefileError(word.place, in: owner, "\(quoted(word.text)) names no zone", advice)
        }
        var rest = Substring(word.text)
        (scheme, rest) = try Self.scheme(rest, wrong)
        (port, rest) = try Self.port(rest, wrong)
        zones = try Self.zones(rest, wrong)
    }

    private static func scheme(
        _ text: Substring, _ wrong: (String) -> CorefileError
    ) throws(CorefileError) -> (ServerKey.Scheme, Substring) {
        guard let (name, rest) = ServerKey.Scheme.split(text) else { return (.dns, text) }
        guard let scheme = ServerKey.Scheme(rawValue: name.lowercased()) else {
            throw wrong("of the schemes only dns:// and tls:// are served: use one of them")
        }
        return (scheme, rest)
    }

    /// A network of IPv6 has colons too, but behind the last is its prefix length's slash.
    private static func port(
        _ text: Substring, _ wrong: (String) -> CorefileError
    ) throws(CorefileError) -> (Port?, Substring) {
        guard let colon = text.lastIndex(of: ":") else { return (nil, text) }
        let digits = text[text.index(after: colon)...]
        guard digits.allSatisfy(\.isNumber) else { return (nil, text) }
        guard let port = Port(digits), port != 0 else {
            throw wrong("behind the colon is a port: write a number of 1 to 65535")
        }
        return (port, text[..<colon])
    }

    private static func zones(
        _ text: Substring, _ wrong: (String) -> CorefileError
    ) throws(CorefileError) -> [DomainName] {
        if text.isEmpty { return [.root] }
        if let network = CIDR(text) { return network.reverseZones }
        if let slash = text.firstIndex(of: "/"), IPAddress(text[..<slash]) != nil {
            throw wrong("write a network such as 10.0.0.0/8 or fd00::/8")
        }
        do throws(DNSError) {
            return [try DomainName(text).lowercased]
        } catch {
            throw wrong("\(error.cause): write a domain such as example.org")
        }
    }
}
