/// Writes messages as Kubernetes' protobuf, which only servers do.
package struct ProtobufEncoder: ~Copyable {
    private var writer = ProtobufWriter()
    /// The field whose value comes next.
    private var number: UInt32 = 0

    private init() {}

    package static func bytes<Value: Message>(of message: Value) throws(ObjectError) -> [UInt8] {
        var encoder = ProtobufEncoder()
        var copy = message
        try copy.code(&encoder)
        return encoder.writer.bytes
    }
}

extension ProtobufEncoder: ValueEncoder {
    package mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError) {
        if value.isAbsent { return }
        self.number = number
        try value.encode(&self)
    }

    package mutating func text(_ text: String) { writer.text(number, text) }

    package mutating func integer(_ integer: Int64) {
        writer.number(number, UInt64(bitPattern: integer))
    }

    package mutating func flag(_ flag: Bool) { writer.number(number, flag ? 1 : 0) }

    /// As meta/v1's Time.
    package mutating func time(_ seconds: Int64) {
        var time = ProtobufWriter()
        time.number(1, UInt64(bitPattern: seconds))
        writer.content(number, time.bytes)
    }

    /// As util/intstr's IntOrString.
    package mutating func numberOrName(_ value: NumberOrName) {
        var message = ProtobufWriter()
        switch value {
        case .number(let number):
            message.number(1, 0)
            message.number(2, UInt64(bitPattern: Int64(number)))
        case .name(let name):
            message.number(1, 1)
            message.text(3, name)
        }
        writer.content(number, message.bytes)
    }

    package mutating func message<Value: Message>(_ value: Value) throws(ObjectError) {
        writer.content(number, try Self.bytes(of: value))
    }

    package mutating func elements<Element>(
        _ elements: [Element], _ body: (inout Self, Element) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        for element in elements { try body(&self, element) }
    }

    package mutating func entries(_ entries: Labels) {
        for entry in entries.all {
            var message = ProtobufWriter()
            message.text(1, entry.key)
            message.text(2, entry.value)
            writer.content(number, message.bytes)
        }
    }
}
