import YAML

/// A value in a kubeconfig, with the file it stands in and the keys that lead to it.
struct ConfigValue: Sendable {
    let node: YAMLNode
    let file: String
    let path: String
}

extension ConfigValue {
    subscript(_ key: String) -> ConfigValue? {
        node[key].flatMap { $0.kind == .null ? nil : child($0, key) }
    }

    /// The text of a key; nil when it is not there, or empty.
    func text(_ key: String) throws(CredentialsError) -> String? {
        try self[key]?.text()
    }

    func text() throws(CredentialsError) -> String? {
        guard let text = node.string else { throw invalid("must be text", "put it in quotes") }
        return text.isEmpty ? nil : text
    }

    func flag(_ key: String) throws(CredentialsError) -> Bool {
        guard let value = self[key] else { return false }
        guard let flag = value.node.bool else {
            throw value.invalid("must be true or false", "write it without quotes")
        }
        return flag
    }

    /// The elements of a list; none when the key is not there.
    func elements(_ key: String) throws(CredentialsError) -> [ConfigValue] {
        guard let list = self[key] else { return [] }
        guard list.node.kind == .sequence else {
            throw list.invalid("must be a list", "begin each element with -")
        }
        return list.node.elements.enumerated().map { index, node in
            ConfigValue(node: node, file: file, path: "\(list.path)[\(index)]")
        }
    }

    /// The texts of a list.
    func texts(_ key: String) throws(CredentialsError) -> [String] {
        var texts: [String] = []
        for element in try elements(key) { texts.append(try element.text() ?? "") }
        return texts
    }

    /// A file: a relative path begins where the kubeconfig is.
    func filePath(_ key: String) throws(CredentialsError) -> String? {
        try text(key).map { FilePath.resolve($0, besides: file) }
    }

    /// Binary content that is written as Base64.
    func data(_ key: String) throws(CredentialsError) -> Secret? {
        guard let value = self[key], try value.text() != nil else { return nil }
        guard let bytes = value.node.withUTF8({ Base64.decode($0) }) else {
            throw value.invalid(
                "is not Base64", "write what base64 -w0 makes of the file")
        }
        return Secret(bytes)
    }

    private func child(_ node: YAMLNode, _ key: String) -> ConfigValue {
        ConfigValue(node: node, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    }
}

extension ConfigValue {
    func invalid(_ problem: String, _ remedy: String) -> CredentialsError {
        error(.invalid, problem, remedy)
    }

    func missing(_ key: String, _ remedy: String) -> CredentialsError {
        error(.invalid, "\(key) is missing", remedy)
    }

    func error(
        _ code: CredentialsError.Code, _ problem: String, _ remedy: String
    ) -> CredentialsError {
        CredentialsError(code, place, key: path, problem, remedy: remedy)
    }

    var place: String { "\(file):\(node.place.line)" }
}

/// Paths that are written relative to a file.
enum FilePath {
    static func resolve(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
