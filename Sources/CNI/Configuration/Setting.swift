import JSON
package import Network

/// One value of a configuration and where it stands, read with errors that name its key.
///
/// `null` and the empty string mean that the key is absent: runtimes written in Go send both for
/// fields nobody set (C15).
package struct Setting: Sendable {
    /// Nil where the key is absent.
    let value: JSONValue?
    /// As a user finds it: "ipam.ranges[0][1].subnet".
    package let path: String

    init(_ value: JSONValue?, at path: String) {
        self.value = value == .null || value == .string("") ? nil : value
        self.path = path
    }
}

extension Setting {
    package var isPresent: Bool { value != nil }

    package func string() throws(CNIError) -> String? {
        guard let value else { return nil }
        guard case .string(let text) = value else { throw wrong("must be a string") }
        return text
    }

    /// A boolean; the words "true" and "false" in quotes count too.
    package func flag() throws(CNIError) -> Bool? {
        switch value {
        case nil: return nil
        case .bool(let flag): return flag
        case .string("true"): return true
        case .string("false"): return false
        default: throw wrong("must be true or false")
        }
    }

    package func integer(in range: ClosedRange<Int>) throws(CNIError) -> Int? {
        guard let value else { return nil }
        guard let number = value.integer, range.contains(number) else {
            throw wrong("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A value with a text form of its own: an address, a network, a name.
    package func parsed<Value: TextParsable>(as type: Value.Type) throws(CNIError) -> Value? {
        guard let text = try string() else { return nil }
        do throws(NetworkError) {
            return try Value(validating: text)
        } catch {
            throw wrong("\(error)")
        }
    }

    package func section() throws(CNIError) -> Settings? {
        guard let value else { return nil }
        guard let object = value.object else { throw wrong("must be an object: {…}") }
        return Settings(object, at: path)
    }

    /// The elements of a list, each of which knows its place.
    package func elements() throws(CNIError) -> [Setting]? {
        guard let value else { return nil }
        guard let elements = value.array else { throw wrong("must be a list: […]") }
        return elements.enumerated().map { Setting($1, at: "\(path)[\($0)]") }
    }

    /// What to throw when the value has the right type but cannot be meant.
    package func wrong(_ rule: String) -> CNIError {
        let found = value.map { ", it is \($0.text)" } ?? ", it is missing"
        return CNIError(.invalidConfiguration, "\(path) is not valid", details: rule + found)
    }

    /// What to throw for a key that nothing here can honour.
    package func unsupported(_ reason: String) -> CNIError {
        CNIError(
            .unsupportedField, "\(path) is not supported",
            details: "\(reason) (it is \(value?.text ?? "null"))")
    }
}
