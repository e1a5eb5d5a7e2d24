package import JSON
package import Network

extension CIDR: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        self = try setting.network(try setting.string())
    }

    package var json: JSONValue { .string(description) }
}

/// `clusterCIDR`: a network, or one of each family, in one text.
extension [CIDR]: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        var networks: [CIDR] = []
        let text = try setting.string()
        for part in text.split(separator: ",") {
            networks.append(try setting.network(String(part)))
        }
        guard networks.isEmpty == text.isEmpty,
            networks.count == Set(networks.map(\.family)).count
        else {
            throw setting.wrong(
                "must be one network, or one of IPv4 and one of IPv6",
                "write 10.244.0.0/16 or 10.244.0.0/16,fd00:10:244::/56")
        }
        self = networks
    }

    package var json: JSONValue { .string(map(\.description).joined(separator: ",")) }
}

extension NodePortAddresses: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        let elements = try setting.elements()
        let texts = try elements.map { element throws(ConfigurationError) in try element.string() }
        if texts.isEmpty || texts == [Self.primaryWord] {
            self = .primary
            return
        }
        var networks: [CIDR] = []
        for (element, text) in zip(elements, texts) {
            guard text != Self.primaryWord else {
                throw element.wrong("'primary' excludes networks", "keep the one or the others")
            }
            networks.append(try element.network(text))
        }
        self = .networks(networks)
    }

    package var json: JSONValue {
        switch self {
        case .primary: .array([.string(Self.primaryWord)])
        case .networks(let networks): .array(networks.map { .string("\($0)") })
        }
    }
}

extension [String: Bool]: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        self = [:]
        for (name, value) in try setting.members() { self[name] = try value.flag() }
    }

    package var json: JSONValue {
        let members = sorted { $0.key < $1.key }.map {
            JSONObject.Member(key: $0.key, value: .bool($0.value))
        }
        return .object(JSONObject(members: members))
    }
}

extension Setting {
    /// A network; what its address has behind the prefix does not count.
    fileprivate func network(_ text: String) throws(ConfigurationError) -> CIDR {
        do throws(NetworkError) {
            let trimmed = text.filter { $0 != " " }
            return try CIDR(validating: trimmed).network
        } catch {
            throw wrong("is not usable", "\(error)")
        }
    }

    /// Where to listen: an address with a port, or with the one there is now; nil for nowhere.
    package func listener(
        otherwise current: AddressAndPort?
    ) throws(ConfigurationError) -> AddressAndPort? {
        let text = try string()
        if text.isEmpty || text == Self.nowhere { return nil }
        // A port alone, or an address alone.
        if let current {
            if let port = text.first == ":" ? Port(text.dropFirst()) : nil, port != 0 {
                return AddressAndPort(current.address, port)
            }
            if let address = IPAddress(text) { return AddressAndPort(address, current.port) }
        }
        return try parsed(as: AddressAndPort.self)
    }

    /// A host as `listener` reads it with a port, which a host that has one keeps.
    static func join(_ host: String, port: Int) -> String {
        guard !host.isEmpty else { return ":\(port)" }
        guard let address = IPAddress(host) else { return host }
        return "\(AddressAndPort(address, Port(UInt16(clamping: port))))"
    }

    /// Empty text does in a flag, but means the standard in a file.
    package static let nowhere = "none"
}
