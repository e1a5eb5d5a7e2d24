import JSON
import Kubernetes

/// What an API server says of itself.
enum Discovery {
    /// The answer to a path; nil for one that there is not.
    static func document(_ path: String) -> JSONValue? {
        let words = path.split(separator: "/").map(String.init)
        return switch words {
        case ["version"]: version
        case ["api"]: versions
        case ["apis"]: groups
        case ["api", "v1"]: resources(of: "v1")
        case _ where words.count == 3 && words[0] == "apis":
            resources(of: "\(words[1])/\(words[2])")
        case _ where words.count == 2 && words[0] == "apis": group(words[1])
        default: nil
        }
    }

    private static let version: JSONValue = .object([
        "major": .string("1"), "minor": .string("36"), "gitVersion": .string("v1.36.0"),
        "gitCommit": .string(""), "gitTreeState": .string("clean"), "buildDate": .string(""),
        "goVersion": .string(""), "compiler": .string(""), "platform": .string("linux/amd64"),
    ])

    private static let versions: JSONValue = .object(
        .document("v1", "APIVersions", of: ["versions": .array([.string("v1")])]))

    private static var groups: JSONValue {
        let names = Set(Kind.allCases.map(\.resource.group)).filter { !$0.isEmpty }.sorted()
        return .object(
            .document("v1", "APIGroupList", of: ["groups": .array(names.compactMap(group))]))
    }

    private static func group(_ name: String) -> JSONValue? {
        guard !name.isEmpty, let kind = Kind.allCases.first(where: { $0.resource.group == name })
        else { return nil }
        let version: JSONValue = .object([
            "groupVersion": .string(kind.resource.apiVersion),
            "version": .string(kind.resource.version),
        ])
        return .object(
            .document(
                "v1", "APIGroup",
                of: [
                    "name": .string(name), "versions": .array([version]),
                    "preferredVersion": version,
                ]))
    }

    private static func resources(of version: String) -> JSONValue? {
        let kinds = Kind.allCases.filter { $0.resource.apiVersion == version }
        if kinds.isEmpty { return nil }
        let resources = kinds.map { kind -> JSONValue in
            .object([
                "name": .string(kind.resource.plural),
                "singularName": .string(kind.name.lowercased()),
                "namespaced": .bool(kind.resource.isNamespaced), "kind": .string(kind.name),
                "verbs": .array(["get", "list", "watch"].map(JSONValue.string)),
            ])
        }
        return .object(
            .document(
                "v1", "APIResourceList",
                of: ["groupVersion": .string(version), "resources": .array(resources)]))
    }
}
