import YAML

/// What an object says it is: `apiVersion` and `kind`.
struct TypeName: Hashable {
    let group: String
    let version: String
    let kind: String

    /// An element of a list of one kind need not name it again.
    init(_ apiVersion: String?, _ kind: String?, in list: TypeName? = nil) throws(ObjectError) {
        let inherited = list.map { ($0.apiVersion, $0.kind) }
        guard let kind = kind ?? inherited?.1 else { throw Self.missing("kind") }
        guard let apiVersion = apiVersion ?? inherited?.0 else { throw Self.missing("apiVersion") }
        let slash = apiVersion.firstIndex(of: "/")
        group = slash.map { String(apiVersion[..<$0]) } ?? ""
        version = slash.map { String(apiVersion[apiVersion.index(after: $0)...]) } ?? apiVersion
        self.kind = kind
    }

    init(of node: YAMLNode, in list: TypeName?) throws(ObjectError) {
        guard node.kind == .mapping else {
            throw ObjectError("an object must stand here: a mapping with apiVersion and kind")
        }
        try self.init(node.textual("apiVersion"), node.textual("kind"), in: list)
    }

    private static func missing(_ field: String) -> ObjectError {
        ObjectError("every object has an apiVersion and a kind", in: field)
    }
}

extension TypeName {
    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// What the elements of a list are that this is: nil if it is no list.
    ///
    /// Of a plain `List` each element says for itself what it is.
    var elements: TypeName?? {
        if kind == "List", group.isEmpty { return .some(nil) }
        guard kind.hasSuffix("List") else { return nil }
        let element = String(kind.dropLast("List".count))
        guard Kind(named: element) != nil,
            let type = try? TypeName(apiVersion, element), (try? type.known) != .some(nil)
        else { return nil }
        return type
    }

    /// The kind, if Weft looks at it; an error if it is one but at a version that nobody serves.
    var known: Kind? {
        get throws(ObjectError) {
            guard let kind = Kind(named: kind) else { return nil }
            let resource = kind.resource
            if resource.group == group, resource.version == version { return kind }
            guard resource.group == group || isKubernetesOwn else { return nil }
            throw ObjectError(
                "a \(self.kind) has the apiVersion \(resource.apiVersion), not \(apiVersion)",
                in: "apiVersion")
        }
    }

    /// Whether the group is none that others made: their `Service` is another matter.
    private var isKubernetesOwn: Bool { !group.contains(".") || group.hasSuffix(".k8s.io") }
}

extension YAMLNode {
    /// The text of a key; nil if there is none.
    fileprivate func textual(_ key: String) throws(ObjectError) -> String? {
        guard let node = self[key], node.kind != .null else { return nil }
        guard let text = node.string else {
            throw ObjectError("text must stand here", in: key, at: .init(node.place))
        }
        return text
    }

    func requireSequence() throws(ObjectError) {
        guard kind == .sequence || kind == .null else {
            throw ObjectError("a list must stand here", in: "items", at: .init(place))
        }
    }
}
