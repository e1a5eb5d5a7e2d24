import Kubernetes
import Support

/// What a request to an API server is about.
struct APIRequest {
    let method: String
    let path: Path
    /// How the answer is to be written.
    let format: ObjectFormat
    /// Whether the server begins watches with all objects.
    let streamsLists: Bool
    private let query: [String: String]

    enum Path: Hashable {
        /// All objects of a kind, or those of a namespace.
        case objects(Kind, namespace: String?)
        case object(Kind, ObjectKey)
        /// Anything else; discovery, health, resources that nobody needs.
        case other(String)
    }
}

extension APIRequest {
    init(_ request: WholeRequest, _ settings: APIServerSettings) {
        let parts = request.target.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let target = parts.first ?? ""
        method = request.method
        path = Self.path(target)
        query = Self.query(parts.count > 1 ? parts[1] : "")
        streamsLists = settings.streamsLists
        let accepted = request.fields["accept"] ?? ""
        let takesProtobuf = accepted.contains(ObjectFormat.protobuf.contentType)
        format = takesProtobuf && settings.writesProtobuf ? .protobuf : .json
    }

    subscript(_ name: String) -> String? { query[name] }

    func isSet(_ name: String) -> Bool { ["1", "true"].contains(query[name]) }

    /// Nil for conditions that cannot be read.
    var selection: Selection? {
        var selection = Selection()
        if case .objects(_, let namespace) = path { selection.namespace = namespace }
        guard let labels = try? LabelSelector(nonempty: query["labelSelector"]),
            let fields = FieldCondition.all(query["fieldSelector"] ?? "")
        else { return nil }
        (selection.labels, selection.fields) = (labels, fields)
        return selection
    }

    private static func path(_ target: Substring) -> Path {
        let words = target.split(separator: "/").map(String.init)
        let other = Path.other(String(target))
        guard let (resources, rest) = group(words), var name = rest.first else { return other }
        var (after, namespace) = (rest.dropFirst(), String?.none)
        if name == "namespaces", after.count > 1 {
            namespace = after.removeFirst()
            name = after.removeFirst()
        }
        guard let kind = Kind.allCases.first(where: { $0.resource.plural == name }),
            kind.resource.apiVersion == resources
        else { return other }
        guard let object = after.first else { return .objects(kind, namespace: namespace) }
        return .object(kind, ObjectKey(namespace: namespace ?? "", name: object))
    }

    /// The group and version at the beginning of a path, and what follows.
    private static func group(_ words: [String]) -> (String, ArraySlice<String>)? {
        switch words.first {
        case "api" where words.count > 2: (words[1], words[2...])
        case "apis" where words.count > 3: ("\(words[1])/\(words[2])", words[3...])
        default: nil
        }
    }

    private static func query(_ text: Substring) -> [String: String] {
        var query: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard let name = parts.first else { continue }
            query[String(name)] = parts.count > 1 ? parts[1].removingPercent : ""
        }
        return query
    }
}

extension LabelSelector {
    fileprivate init(nonempty text: String?) throws(ObjectError) {
        guard let text, !text.isEmpty else {
            self.init()
            return
        }
        try self.init(text: text)
    }
}

extension Substring {
    /// Without the escapes of a query.
    fileprivate var removingPercent: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(Substring(digits)), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
