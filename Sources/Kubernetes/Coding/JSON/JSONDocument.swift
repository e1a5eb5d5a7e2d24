package import JSON

extension KubernetesObject {
    /// The whole object in JSON, which says first what it is.
    package var document: JSONValue {
        get throws(ObjectError) {
            let fields = try JSONEncoder.object(self)
            return .object(
                .document(Self.kind.resource.apiVersion, Self.kind.name, of: fields))
        }
    }
}

extension JSONObject {
    /// An object of the API: what kind it is, and then its fields.
    package static func document(
        _ apiVersion: String, _ kind: String, of fields: JSONObject = JSONObject()
    ) -> JSONObject {
        JSONObject(
            members: [
                Member(key: "apiVersion", value: .string(apiVersion)),
                Member(key: "kind", value: .string(kind)),
            ] + fields.members)
    }
}

extension JSONValue {
    /// Documents of any kinds in one, as `kubectl get` puts several together.
    package static func list(of documents: [JSONValue]) -> JSONValue {
        let fields: JSONObject = [
            "items": .array(documents), "metadata": .object(["resourceVersion": .string("")]),
        ]
        return .object(.document("v1", "List", of: fields))
    }
}
