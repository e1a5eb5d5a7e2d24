import JSON
import Network
import Proxy

/// One field of the agent's file: where it is, how it is read and how it is written.
struct AgentField: Sendable {
    /// As in "routes.mode".
    let key: String
    /// Takes a value, and answers with lines for the log.
    let read: @Sendable (Setting, inout AgentConfiguration) throws(ConfigurationError) -> [String]
    let write: @Sendable (AgentConfiguration) -> JSONValue

    typealias Path<Value> = any WritableKeyPath<AgentConfiguration, Value> & Sendable

    init<Value: SettingValue>(
        _ key: String, _ path: Path<Value>, _ rule: ValueRule<Value>? = nil
    ) {
        self.key = key
        read = { setting, configuration throws(ConfigurationError) in
            let value = try Value(setting)
            if let rule, !rule.holds(value) { throw setting.wrong(rule.text, rule.remedy) }
            configuration[keyPath: path] = value
            return []
        }
        write = { $0[keyPath: path].json }
    }

    /// A list of values that are written one by one.
    init<Value: SettingValue>(list key: String, _ path: Path<[Value]>) {
        self.key = key
        read = { setting, configuration throws(ConfigurationError) in
            var values: [Value] = []
            for element in try setting.elements() { values.append(try Value(element)) }
            configuration[keyPath: path] = values
            return []
        }
        write = { .array($0[keyPath: path].map(\.json)) }
    }

    /// Somewhere to listen, or "none".
    init(listener key: String, _ path: Path<AddressAndPort?>) {
        self.key = key
        read = { setting, configuration throws(ConfigurationError) in
            configuration[keyPath: path] = try setting.listener(
                otherwise: configuration[keyPath: path])
            return []
        }
        write = { .string($0[keyPath: path]?.description ?? Setting.nowhere) }
    }

    /// The proxy's own fields, as they stand in a KubeProxyConfiguration.
    init(proxy key: String) {
        self.key = key
        read = { setting, configuration throws(ConfigurationError) in
            let loaded = try ProxyConfiguration.read(setting)
            configuration.proxy.configuration = loaded.configuration
            return loaded.notes
        }
        write = { $0.proxy.configuration.document }
    }
}

extension AgentField {
    /// All fields, in the order in which they are written.
    static let all: [AgentField] = [
        Self("nodeName", \.nodeName, .notBlank),
        Self("kubeconfig", \.kubeconfig),
        Self("manifests", \.manifests),
        Self("routes.enabled", \.routes.isEnabled),
        Self("routes.mode", \.routes.mode),
        Self("routes.vxlanID", \.routes.vxlanID, .within(1...0xff_ffff)),
        Self("routes.vxlanPort", \.routes.vxlanPort, .within(1...Int(UInt16.max))),
        Self("routes.mtu", \.routes.mtu, .mtu),
        Self("masquerade.enabled", \.masquerade.isEnabled),
        Self(list: "masquerade.exclude", \.masquerade.exclude),
        Self("cni.enabled", \.cni.isEnabled),
        Self("cni.directory", \.cni.directory, .path),
        Self("cni.file", \.cni.file, .conflist),
        Self("cni.rangeFile", \.cni.rangeFile, .path),
        Self("proxy.enabled", \.proxy.isEnabled),
        Self(proxy: "proxy.configuration"),
        Self("dns.enabled", \.dns.isEnabled),
        Self("dns.corefile", \.dns.corefile),
        Self(list: "dns.localAddresses", \.dns.localAddresses),
        Self(list: "dns.serviceAddresses", \.dns.serviceAddresses),
        Self("status.socket", \.status.socket, .path),
        Self(listener: "status.health", \.status.health),
        Self(listener: "status.metrics", \.status.metrics),
        Self("log.level", \.log.level),
        Self("log.format", \.log.format),
    ]

    static let byKey = Dictionary(
        all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The mappings that fields are in: "routes".
    static let sections = Set(
        all.compactMap { field in field.key.firstIndex(of: ".").map { String(field.key[..<$0]) } })
}

extension RouteSettings.Mode: Choice {}
extension AgentConfiguration.Log.Level: Choice {}
extension AgentConfiguration.Log.Format: Choice {}

extension ValueRule<Int> {
    /// IPv6 needs links of 1280 bytes (RFC 8200), and no link carries more than 65535.
    fileprivate static let mtu = ValueRule(
        text: "must be 0 or from 1280 to 65535", remedy: "write 0 to have it derived"
    ) { $0 == 0 || (1280...65535).contains($0) }
}

extension ValueRule<String> {
    fileprivate static let path = ValueRule(
        text: "must be a path that begins with /", remedy: "write the whole path"
    ) { $0.first == "/" }

    /// What container runtimes read as one.
    fileprivate static let conflist = ValueRule(
        text: "must be a file's name that ends with .conflist",
        remedy: "write a name such as 10-weft.conflist, without a folder"
    ) { $0.hasSuffix(".conflist") && !$0.contains("/") }
}
