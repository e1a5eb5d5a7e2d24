/// What any object says of itself, when the rest does not matter or cannot be read.
struct PartialObject: Message {
    var metadata = Metadata()

    mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
    }

    struct Metadata: Message {
        var name = ""
        var namespace = ""
        var resourceVersion = ""
        var annotations = Labels()

        mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
            _ fields: inout Fields
        ) throws(ObjectError) {
            try fields.field(1, "name", &name)
            try fields.field(3, "namespace", &namespace)
            try fields.field(6, "resourceVersion", &resourceVersion)
            try fields.field(12, "annotations", &annotations)
        }
    }
}

extension PartialObject {
    /// Nil for an object without a name, which is none.
    var key: ObjectKey? {
        metadata.name.isEmpty
            ? nil : ObjectKey(namespace: metadata.namespace, name: metadata.name)
    }

    /// Whether a bookmark tells that all objects there were have been sent.
    var endsInitialEvents: Bool { metadata.annotations[Self.endMark] == "true" }

    static let endMark = "k8s.io/initial-events-end"
}
