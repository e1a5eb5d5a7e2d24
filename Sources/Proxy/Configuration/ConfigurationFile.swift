import YAML

/// Finds the settings in the text of a file.
struct ConfigurationFile {
    private let name: String
    private(set) var found: ConfigurationSettings

    static let group = "kubeproxy.config.k8s.io"
    static let version = "\(group)/v1alpha1"
    static let kind = "KubeProxyConfiguration"

    /// Reads YAML or JSON; of several documents the one of this kind counts.
    init(_ text: Span<UInt8>, name: String) throws(ConfigurationError) {
        let document = try ConfigurationDocument(text, of: Self.form, name: name)
        try self.init(document.root)
        found.notes = document.notes + found.notes
    }

    /// Takes the fields of a mapping, wherever it stands.
    init(_ root: Setting) throws(ConfigurationError) {
        name = root.file
        found = ConfigurationSettings(file: root.file)
        try collect(root, "")
    }

    private static let form = ConfigurationDocument.Form(version: version, kind: kind)

    private func setting(_ node: YAMLNode, _ key: String) -> Setting {
        Setting(content: .node(node), file: name, key: key)
    }
}

extension ConfigurationFile {
    /// Takes all fields below a mapping.
    private mutating func collect(_ section: Setting, _ path: String) throws(ConfigurationError) {
        guard case .node(let mapping) = section.content, mapping.kind != .null else { return }
        guard mapping.kind == .mapping else {
            throw section.wrong("must be a mapping", "write its keys below it, each with a value")
        }
        for (key, value) in mapping.pairs {
            let path = path.isEmpty ? key.text : "\(path).\(key.text)"
            if ConfigurationField.byKey[path] != nil {
                found.settings[path] = setting(value, path)
            } else if ConfigurationField.sections.contains(path) {
                try collect(setting(value, path), path)
            } else {
                try ignore(setting(value, path), line: key.place.line)
            }
        }
    }

    private mutating func ignore(
        _ setting: Setting, line: Int
    ) throws(ConfigurationError) {
        let names = setting.key.split(separator: ".", maxSplits: 1)
        if names.first.map(String.init) == ConfigurationField.ownSection {
            let known = ConfigurationField.own.map { $0.key.dropFirst("weft.".count) }
            throw ConfigurationError(
                "\(name):\(line)", key: setting.key, "is no field of Weft's",
                remedy: "write one of \(known.joined(separator: ", "))")
        }
        if Self.header.contains(setting.key) { return }
        let place = "\(name):\(line): \(setting.key)"
        guard Self.foreign.contains(setting.key) else {
            found.notes.append("\(place): is no field that Weft knows, and ignored")
            return
        }
        if !setting.isZero { found.notes.append("\(place): means nothing here, and is ignored") }
    }

    private static let header: Set = ["apiVersion", "kind", "metadata"]

    /// What kube-proxy has for other modes and systems, or for its own log and metrics.
    private static let foreign: Set = [
        "iptables", "ipvs", "winkernel", "windowsRunAsService", "portRange",
        "showHiddenMetricsForVersion", "logging.flushFrequency", "logging.options",
        "logging.vmodule",
    ]
}
