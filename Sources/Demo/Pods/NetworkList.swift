import JSON

/// A network as a container runtime reads it from a conflist: plugins, one after the other.
struct NetworkList {
    private let name: JSONValue
    private let version: JSONValue
    let plugins: [JSONObject]

    init(_ text: [UInt8]) throws(JSONError) {
        let document = try JSONValue(document: text.span).object
        name = document?["name"] ?? .null
        version = document?["cniVersion"] ?? .null
        plugins = document?["plugins"]?.array?.compactMap(\.object) ?? []
    }
}

extension NetworkList {
    /// What a plugin is given on its standard input: its own part, with what the whole list has and
    /// what a pod wants.
    ///
    /// The nodes share one file system, so each has a place of its own for leases.
    func configuration(
        of plugin: JSONObject, after previous: JSONValue?, leases: String, ports: [HostPort]
    ) -> String {
        let shared: [(String, JSONValue?)] = [
            ("name", name), ("cniVersion", version), ("prevResult", previous),
            ("runtimeConfig", Self.runtimeConfiguration(of: plugin, ports)),
        ]
        let keys = shared.map(\.0)
        let own = plugin.members.filter { !keys.contains($0.key) }.map { member in
            guard member.key == "ipam", var addresses = member.value.object else { return member }
            addresses.members.append(.init(key: "dataDir", value: .string(leases)))
            return JSONObject.Member(key: member.key, value: .object(addresses))
        }
        let members = shared.compactMap { key, value in
            value.map { JSONObject.Member(key: key, value: $0) }
        }
        return JSONValue.object(JSONObject(members: members + own)).text
    }

    /// Only a plugin that says it can is told of host ports.
    private static func runtimeConfiguration(
        of plugin: JSONObject, _ ports: [HostPort]
    ) -> JSONValue? {
        let key = "portMappings"
        guard !ports.isEmpty, plugin["capabilities"]?.object?[key] == .bool(true) else {
            return nil
        }
        let mappings = ports.map { port in
            JSONValue.object([
                "hostPort": .number("\(port.number)"), "containerPort": .number("\(port.target)"),
                "protocol": .string("tcp"),
            ])
        }
        return .object([key: .array(mappings)])
    }
}

/// A TCP port of the node that leads to one of the pod.
struct HostPort: Hashable, Sendable {
    let number: UInt16
    let target: UInt16
}
