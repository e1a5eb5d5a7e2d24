/// What somebody states about an object: a type, and whether it holds.
package struct Condition: Message, EmptyInitializable {
    package var type = ""
    /// "True", "False" or "Unknown".
    package var status = ""

    package init() {}

    package init(_ type: String, _ status: String) {
        self.type = type
        self.status = status
    }

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "type", &type)
        try fields.field(2, "status", &status)
    }
}

extension [Condition] {
    package func holds(_ type: String) -> Bool {
        contains { $0.type == type && $0.status == "True" }
    }
}
