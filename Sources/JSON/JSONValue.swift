/// A JSON document or a part of one, with nothing lost: numbers keep their text.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number as it was written, so that 64-bit and decimal values survive a round trip.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of an object in the order they were written.
package struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSONValue

        package init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    package var members: [Member]

    package init(members: [Member] = []) { self.members = members }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.members = elements.map { Member(key: $0.0, value: $0.1) }
    }

    /// The value of a key; of several with the same key the last counts.
    package subscript(_ key: String) -> JSONValue? {
        members.last { $0.key == key }?.value
    }

    /// The value of a key whatever the case of its ASCII letters, the last such member.
    ///
    /// Runtimes written in Go send `HostPort` where the specification says `hostPort`, and every
    /// plugin they are used with accepts both (C14).
    package subscript(anyCase key: String) -> JSONValue? {
        members.last { equalIgnoringCase($0.key, key) }?.value
    }
}

extension JSONValue {
    /// The text of a string; nil for every other kind of value.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A number without fraction or exponent that fits; nil for every other kind of value.
    package var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    package var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}

private func equalIgnoringCase(_ one: String, _ other: String) -> Bool {
    one.utf8.count == other.utf8.count
        && zip(one.utf8, other.utf8).allSatisfy { lowercased($0) == lowercased($1) }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
}
