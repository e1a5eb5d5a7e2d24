import Network

extension ForwardOptions.Upstream {
    /// `[dns://|tls://]ADDRESS[:PORT]`, or the path of a file.
    init(
        _ word: Word, _ directive: Directive, _ context: BlockContext
    ) throws(CorefileError) {
        let (scheme, rest) = try Self.scheme(word, directive)
        if let server = Self.server(rest, scheme ?? .dns) {
            self = .server(server)
        } else if scheme == nil, rest.contains("/"), !rest.contains(":") {
            self = .resolverFile(try directive.path(word, context))
        } else {
            throw directive.unsuitable(
                word,
                "write an address with or without a port, such as 10.0.0.1:53, or a file, such as "
                    + "/etc/resolv.conf or ./resolv.conf")
        }
    }

    private static func scheme(
        _ word: Word, _ directive: Directive
    ) throws(CorefileError) -> (ServerKey.Scheme?, Substring) {
        guard let (name, rest) = ServerKey.Scheme.split(word.text[...]) else {
            return (nil, word.text[...])
        }
        guard let scheme = ServerKey.Scheme(rawValue: name.lowercased()) else {
            throw directive.unsuitable(
                word, "servers are asked over UDP, TCP or TLS: write ADDRESS or tls://ADDRESS")
        }
        return (scheme, rest)
    }

    /// An address of IPv6 has brackets if a port follows; its interface is behind a percent sign.
    private static func server(
        _ text: Substring, _ scheme: ServerKey.Scheme
    ) -> ForwardOptions.Server? {
        var host = text
        var port: Port? = scheme.standardPort
        if text.first == "[", let end = text.lastIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[end...].dropFirst()
            if !rest.isEmpty { port = rest.first == ":" ? Port(rest.dropFirst()) : nil }
        } else if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
            (host, port) = (text[..<colon], Port(text[colon...].dropFirst()))
        }
        guard let port, port != 0, let scoped = ScopedAddress(host) else { return nil }
        return ForwardOptions.Server(
            address: AddressAndPort(scoped.address, port), scope: scoped.scope,
            usesTLS: scheme == .tls)
    }
}
