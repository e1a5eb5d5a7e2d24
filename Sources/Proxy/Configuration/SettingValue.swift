import JSON
import Network
import Platform

/// A type of a field: how it is read, and how it is written.
protocol SettingValue: Hashable, Sendable {
    init(_ setting: Setting) throws(ConfigurationError)
    var json: JSONValue { get }
}

extension Bool: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) { self = try setting.flag() }
    var json: JSONValue { .bool(self) }
}

extension Int: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) { self = try setting.integer() }
    var json: JSONValue { .number("\(self)") }
}

extension Double: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) { self = try setting.decimal() }
    var json: JSONValue { .number(Int(exactly: self).map { "\($0)" } ?? "\(self)") }
}

extension String: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) { self = try setting.string() }
    var json: JSONValue { .string(self) }
}

extension Duration: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) {
        guard let text = try? setting.string(), let duration = Duration(goText: text) else {
            throw setting.wrong("must be a duration", "write a number and its unit: 30s, 15m, 1h")
        }
        self = duration
    }

    var json: JSONValue { .string(goText) }
}

extension Optional: SettingValue where Wrapped: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) { self = try Wrapped(setting) }
    var json: JSONValue { self?.json ?? .null }
}

extension IPAddress: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) {
        self = try setting.parsed(as: IPAddress.self)
    }

    var json: JSONValue { .string(description) }
}

extension InterfaceName: SettingValue {
    init(_ setting: Setting) throws(ConfigurationError) {
        self = try setting.parsed(as: InterfaceName.self)
    }

    var json: JSONValue { .string(description) }
}

/// A choice among words.
protocol Choice: SettingValue, RawRepresentable<String>, CaseIterable {}

extension Choice {
    init(_ setting: Setting) throws(ConfigurationError) {
        let text = try setting.string()
        guard let choice = Self(rawValue: text) else {
            let words = Self.allCases.map(\.rawValue).filter { !$0.isEmpty }
            throw setting.wrong(
                "'\(text)' is no choice", "write one of \(words.joined(separator: ", "))")
        }
        self = choice
    }

    var json: JSONValue { .string(rawValue) }
}

extension ProxyConfiguration.Mode: Choice {}
extension ProxyConfiguration.Detection.Mode: Choice {}
extension ProxyConfiguration.Log.Format: Choice {}
