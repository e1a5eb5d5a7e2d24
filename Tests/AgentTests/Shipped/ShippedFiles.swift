import Platform
import Testing
import YAML

/// What people put on their nodes and into their clusters: `cni-conf/`.
enum ShippedFiles {
    static func text(_ path: String) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return String(decoding: try File.read("/\(root)/\(path)"), as: UTF8.self)
    }

    static func documents(_ path: String) throws -> [YAMLNode] {
        try YAMLStream(text(path).utf8.span).documents.map { try $0.get().root }
    }

    /// The agent's objects in a cluster.
    static func object(_ kind: String) throws -> YAMLNode {
        let all = try documents("cni-conf/kubernetes/weft-agent.yaml")
        return try #require(all.first { $0["kind"]?.string == kind })
    }

    /// The pods that its DaemonSet makes.
    static var pod: YAMLNode {
        get throws {
            try #require(try object("DaemonSet")["spec"]?["template"]?["spec"])
        }
    }
}

extension YAMLNode {
    var strings: [String] { elements.compactMap(\.string) }

    /// The element of a list that has the name.
    func named(_ name: String) throws -> YAMLNode {
        try #require(elements.first { $0["name"]?.string == name })
    }
}
