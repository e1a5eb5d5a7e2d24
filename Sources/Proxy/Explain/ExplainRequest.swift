package import Kubernetes
package import Network
package import Support

/// What `weft explain` is asked.
package struct ExplainRequest: Hashable, Sendable {
    package let target: Target
    package let source: IPAddress?

    package enum Target: Hashable, Sendable {
        case address(AddressAndPort, TransportProtocol)
        /// By name or number; without a port all of them.
        case service(ObjectKey, port: String?, TransportProtocol?)
    }
}

extension ExplainRequest {
    /// Reads "10.96.0.10:53/udp", "[fd00::a]:53" or "default/web:http", and who sends.
    package init(_ text: String, from source: String?) throws(UsageError) {
        let (place, transport) = Self.splitProtocol(text)
        if let address = AddressAndPort(place) {
            target = .address(address, transport ?? .tcp)
        } else if let service = Self.service(place, transport) ?? Self.service(text, nil) {
            target = service
        } else {
            throw UsageError(
                "'\(text)' is neither an address with a port, as 10.96.0.10:53/udp, nor a "
                    + "service, as default/web:http")
        }
        self.source = try source.map { text throws(UsageError) in
            guard let address = IPAddress(text) else {
                throw UsageError("--from must be an IP address, not '\(text)'")
            }
            return address
        }
        if case .address(let place, _) = target, let source = self.source,
            source.family != place.address.family
        {
            throw UsageError("\(source) does not reach \(place.address): another IP version")
        }
    }

    private static func splitProtocol(_ text: String) -> (String, TransportProtocol?) {
        guard let slash = text.lastIndex(of: "/"),
            let transport = TransportProtocol(anyCase: String(text[text.index(after: slash)...]))
        else { return (text, nil) }
        return (String(text[..<slash]), transport)
    }

    private static func service(_ text: String, _ transport: TransportProtocol?) -> Target? {
        let names = text.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2 else { return nil }
        let parts = names[1].split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        // A colon before the slash is an address's.
        guard !names[0].isEmpty, !parts[0].isEmpty, !names[0].contains(":") else { return nil }
        let key = ObjectKey(namespace: String(names[0]), name: String(parts[0]))
        return .service(key, port: parts.count > 1 ? String(parts[1]) : nil, transport)
    }
}

extension ExplainRequest {
    /// The connections that are meant, of one family.
    func connections(_ wanted: WantedServices) -> [Connection] {
        if let source, source.family != wanted.family { return [] }
        switch target {
        case .address(let place, let transport):
            guard place.address.family == wanted.family else { return [] }
            return [
                Connection(
                    from: source, to: place.address, place.port.rawValue, transport)
            ]
        case .service(let key, let port, let transport):
            return wanted[key].filter { $0.isNamed(port, transport) }.map {
                Connection(from: source, to: $0.clusterAddress, $0.port, $0.name.transport)
            }
        }
    }
}

extension PortMeaning {
    fileprivate func isNamed(_ port: String?, _ transport: TransportProtocol?) -> Bool {
        (port == nil || port == name.port || port == "\(self.port)")
            && (transport == nil || transport == name.transport)
    }
}

/// Nothing can be explained.
package struct ExplainError: Error, CustomStringConvertible {
    package let description: String
}
