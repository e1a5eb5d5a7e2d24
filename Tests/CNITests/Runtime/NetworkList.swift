import JSON
import Platform

@testable import CNI

/// A conflist as a runtime has read it: a network's name and the plugins that make it.
struct NetworkList {
    let name: String
    /// The newest that the list offers and we know, as libcni chooses.
    let version: ProtocolVersion
    let plugins: [JSONObject]

    init(parsing text: String) throws {
        let document = try JSONValue(parsing: text.utf8.span)
        let others = document.object?["cniVersions"]?.array?.compactMap(\.string) ?? []
        version = try others.compactMap(ProtocolVersion.init(rawValue:))
            .reduce(ProtocolVersion(of: document), max)
        name = document.object?["name"]?.string ?? ""
        plugins = document.object?["plugins"]?.array?.compactMap(\.object) ?? []
    }

    init(file path: String) throws {
        try self.init(parsing: String(decoding: File.read(path), as: UTF8.self))
    }
}

extension NetworkList {
    /// A plugin's configuration as libcni hands it over: with what the whole list has, and what
    /// this call adds.
    func configuration(
        of plugin: JSONObject, adding members: [(String, JSONValue)] = []
    ) -> JSONObject {
        var configuration = plugin
        configuration.set("name", .string(name))
        configuration.set("cniVersion", .string(version.rawValue))
        for (key, value) in members { configuration.set(key, value) }
        return configuration
    }
}

extension JSONObject {
    mutating func set(_ key: String, _ value: JSONValue) {
        members.removeAll { $0.key == key }
        members.append(Member(key: key, value: value))
    }

    /// What a plugin of this configuration is told of what a runtime has to say (C36).
    func runtimeConfiguration(_ arguments: JSONObject) -> JSONObject? {
        let wanted = self["capabilities"]?.object
        let members = arguments.members.filter { wanted?[$0.key] == .bool(true) }
        return members.isEmpty ? nil : JSONObject(members: members)
    }
}
