import JSON
import Network
import Support

/// One field: where it is in the file, the flag that means the same, and how it is read and written.
struct ConfigurationField: Sendable {
    /// As in "conntrack.min".
    let key: String
    let flag: Option?
    /// Whether zero in a file means that nobody set the field, as it does in Go.
    let zeroIsUnset: Bool
    /// Whether the flag counts although there is a file.
    let overridesFile: Bool
    let read: @Sendable (Setting, inout ProxyConfiguration) throws(ConfigurationError) -> Void
    let write: @Sendable (ProxyConfiguration) -> JSONValue
}

extension ConfigurationField {
    typealias Path<Value> = any WritableKeyPath<ProxyConfiguration, Value> & Sendable

    init<Value: SettingValue>(
        _ key: String, _ path: Path<Value>, _ rule: ValueRule<Value>? = nil,
        zeroIsUnset: Bool = false,
        overridesFile: Bool = false, flag: Option? = nil
    ) {
        self.key = key
        self.flag = flag
        self.zeroIsUnset = zeroIsUnset
        self.overridesFile = overridesFile
        self.read = { setting, configuration throws(ConfigurationError) in
            let value = try Value(setting)
            if let rule, !rule.holds(value) { throw setting.wrong(rule.text, rule.remedy) }
            configuration[keyPath: path] = value
        }
        self.write = { $0[keyPath: path].json }
    }

    /// `bindAddress`, which decides where the listeners are; they stand behind it in the table.
    init(bindAddress key: String, flag: Option) {
        self.key = key
        self.flag = flag
        self.zeroIsUnset = false
        self.overridesFile = false
        self.read = { setting, configuration throws(ConfigurationError) in
            configuration.bindAddress = try IPAddress(setting)
            configuration.setListeners()
        }
        self.write = { $0.bindAddress.json }
    }

    init(listener key: String, _ path: Path<AddressAndPort?>, flag: Option) {
        self.key = key
        self.flag = flag
        self.zeroIsUnset = false
        self.overridesFile = false
        self.read = { setting, configuration throws(ConfigurationError) in
            configuration[keyPath: path] = try setting.listener(
                otherwise: configuration[keyPath: path])
        }
        self.write = { .string($0[keyPath: path]?.description ?? Setting.nowhere) }
    }
}

extension ConfigurationField {
    /// All fields, in the order in which they are read.
    static let all = client + addresses + node + rules + conntrack + own

    static let byKey = Dictionary(
        all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    /// The mappings that fields are in: "conntrack".
    static let sections = Set(all.compactMap { $0.section })

    private var section: String? { key.lastIndex(of: ".").map { String(key[..<$0]) } }
}
