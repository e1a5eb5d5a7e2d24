/// The messages that stand where JSON has plain values.

/// meta/v1's Time.
struct TimeMessage: Message {
    var seconds: Int64 = 0

    mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "seconds", &seconds)
    }
}

/// util/intstr's IntOrString.
struct NumberOrNameMessage: Message {
    /// 0 for a number, 1 for a name.
    var isName: Int64 = 0
    var number: Int32 = 0
    var name = ""

    mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "type", &isName)
        try fields.field(2, "intVal", &number)
        try fields.field(3, "strVal", &name)
    }
}

/// An entry of a map from strings to strings.
struct EntryMessage: Message {
    var key = ""
    var value = ""

    mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "key", &key)
        try fields.field(2, "value", &value)
    }
}
