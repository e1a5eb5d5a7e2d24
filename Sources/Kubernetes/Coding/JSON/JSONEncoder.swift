package import JSON

/// Writes messages as trees of JSON, with their keys in the order of the API's definition.
package struct JSONEncoder: ~Copyable {
    /// The fields of the message that is being written.
    private var members: [JSONObject.Member] = []
    /// What was written last.
    private var value = JSONValue.null

    package init() {}
}

extension JSONEncoder {
    /// The object that a message is.
    package static func object<Value: Message>(
        _ message: Value
    ) throws(ObjectError) -> JSONObject {
        var encoder = JSONEncoder()
        var copy = message
        try copy.code(&encoder)
        return JSONObject(members: encoder.members)
    }
}

extension JSONEncoder: ValueEncoder {
    package mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError) {
        if value.isAbsent { return }
        do throws(ObjectError) {
            try value.encode(&self)
        } catch {
            throw error.inside(name)
        }
        members.append(JSONObject.Member(key: name, value: self.value))
    }

    package mutating func text(_ text: String) { value = .string(text) }
    package mutating func integer(_ integer: Int64) { value = .number("\(integer)") }
    package mutating func flag(_ flag: Bool) { value = .bool(flag) }

    package mutating func time(_ seconds: Int64) {
        value = .string(Timestamp(seconds: seconds).text)
    }

    package mutating func numberOrName(_ value: NumberOrName) {
        switch value {
        case .number(let number): integer(Int64(number))
        case .name(let name): text(name)
        }
    }

    package mutating func message<Value: Message>(_ value: Value) throws(ObjectError) {
        self.value = .object(try Self.object(value))
    }

    package mutating func elements<Element>(
        _ elements: [Element], _ body: (inout Self, Element) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        var values: [JSONValue] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            try body(&self, element)
            values.append(value)
        }
        value = .array(values)
    }

    package mutating func entries(_ entries: Labels) {
        value = .object(
            JSONObject(
                members: entries.all.map {
                    JSONObject.Member(key: $0.key, value: .string($0.value))
                }))
    }
}
