package import JSON
package import Network
import Platform

/// A type of a field: how it is read, and how it is written.
package protocol SettingValue: Hashable, Sendable {
    init(_ setting: Setting) throws(ConfigurationError)
    var json: JSONValue { get }
}

extension Bool: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) { self = try setting.flag() }
    package var json: JSONValue { .bool(self) }
}

extension Int: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) { self = try setting.integer() }
    package var json: JSONValue { .number("\(self)") }
}

extension Double: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) { self = try setting.decimal() }
    package var json: JSONValue { .number(Int(exactly: self).map { "\($0)" } ?? "\(self)") }
}

extension String: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) { self = try setting.string() }
    package var json: JSONValue { .string(self) }
}

extension Duration: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        guard let text = try? setting.string(), let duration = Duration(goText: text) else {
            throw setting.wrong("must be a duration", "write a number and its unit: 30s, 15m, 1h")
        }
        self = duration
    }

    package var json: JSONValue { .string(goText) }
}

extension Optional: SettingValue where Wrapped: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) { self = try Wrapped(setting) }
    package var json: JSONValue { self?.json ?? .null }
}

extension IPAddress: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        self = try setting.parsed(as: IPAddress.self)
    }

    package var json: JSONValue { .string(description) }
}

extension InterfaceName: SettingValue {
    package init(_ setting: Setting) throws(ConfigurationError) {
        self = try setting.parsed(as: InterfaceName.self)
    }

    package var json: JSONValue { .string(description) }
}

/// A choice among words.
package protocol Choice: SettingValue, RawRepresentable<String>, CaseIterable {}

extension Choice {
    package init(_ setting: Setting) throws(ConfigurationError) {
        let text = try setting.string()
        guard let choice = Self(rawValue: text) else {
            let words = Self.allCases.map(\.rawValue).filter { !$0.isEmpty }
            throw setting.wrong(
                "'\(text)' is no choice", "write one of \(words.joined(separator: ", "))")
        }
        self = choice
    }

    package var json: JSONValue { .string(rawValue) }
}

extension ProxyConfiguration.Mode: Choice {}
extension ProxyConfiguration.Detection.Mode: Choice {}
extension ProxyConfiguration.Log.Format: Choice {}
