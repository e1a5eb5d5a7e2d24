/// How objects are written in an answer.
package enum ObjectFormat: Hashable, Sendable, CaseIterable {
    case protobuf
    case json
}

extension ObjectFormat {
    /// What to ask an API server for; it answers in JSON what it has in no other form.
    package static let accepted =
        "application/vnd.kubernetes.protobuf, application/json;q=0.9"
    package static let acceptedInWatches =
        "application/vnd.kubernetes.protobuf;stream=watch, application/json;q=0.9"

    /// The format that an answer's content type names, whatever its parameters.
    package init?(contentType: String) {
        let type = contentType.prefix { $0 != ";" }
        switch type.lowercased() {
        case "application/vnd.kubernetes.protobuf": self = .protobuf
        case "application/json": self = .json
        default: return nil
        }
    }
}
