package import JSON
import Kubernetes
import YAML

/// A configuration as others read it.
extension ProxyConfiguration {
    /// A KubeProxyConfiguration with every field, and Weft's own.
    package var document: JSONValue {
        var document: JSONObject = [
            "apiVersion": .string(ConfigurationFile.version),
            "kind": .string(ConfigurationFile.kind),
        ]
        for field in ConfigurationField.all {
            document.insert(field.write(self), at: field.key.split(separator: "."))
        }
        return JSONValue.object(document).sorted
    }

    /// The file that `--write-config-to` writes.
    package var yaml: String {
        var writer = YAMLWriter()
        writer.write(document)
        return writer.text
    }

    /// The answer at `/configz`.
    package var configz: String {
        JSONValue.object([ConfigurationFile.group: document]).text
    }
}

extension JSONObject {
    /// Puts a value below the sections that a field's key names.
    package mutating func insert(_ value: JSONValue, at path: [Substring]) {
        guard let key = path.first.map(String.init) else { return }
        guard path.count > 1 else {
            members.append(Member(key: key, value: value))
            return
        }
        let index = members.firstIndex { $0.key == key } ?? members.endIndex
        if index == members.endIndex { members.append(Member(key: key, value: .object([:]))) }
        var section = members[index].value.object ?? [:]
        section.insert(value, at: Array(path.dropFirst()))
        members[index].value = .object(section)
    }
}

extension JSONValue {
    /// The value as it is written in a flag; empty for what says nothing.
    package var plainText: String {
        switch self {
        case .null: ""
        case .bool(let flag): "\(flag)"
        case .number(let text), .string(let text): text
        case .array(let elements): elements.map(\.plainText).joined(separator: ",")
        case .object(let object):
            object.members.map { "\($0.key)=\($0.value.plainText)" }.joined(separator: ",")
        }
    }
}
