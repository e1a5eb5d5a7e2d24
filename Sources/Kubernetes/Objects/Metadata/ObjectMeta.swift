/// What every object says of itself, as far as Weft needs it.
package struct ObjectMeta: Message {
    package var name = ""
    /// Empty for kinds that stand outside namespaces.
    package var namespace = ""
    package var uid = UID.other("")
    /// Changes with every change of the object.
    package var resourceVersion = ""
    /// Seconds since 1970.
    package var creationTime: Timestamp?
    /// Set as soon as the object is on its way out.
    package var deletionTime: Timestamp?
    package var labels = Labels()
    /// Those of Weft and of Kubernetes; what tools note down for themselves is left out.
    package var annotations = Annotations()

    package init() {}
}

extension ObjectMeta {
    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "name", &name)
        try fields.field(3, "namespace", &namespace)
        try fields.field(5, "uid", &uid)
        try fields.field(6, "resourceVersion", &resourceVersion)
        try fields.field(8, "creationTimestamp", &creationTime)
        try fields.field(9, "deletionTimestamp", &deletionTime)
        try fields.field(11, "labels", &labels)
        try fields.field(12, "annotations", &annotations)
    }
}
