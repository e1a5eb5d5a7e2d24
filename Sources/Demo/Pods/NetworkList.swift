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

    /// What a plugin is given on its standard input: its own part, with what the whole list has.
    ///
    /// The nodes share one file system, so each has a place of its own for leases.
    func configuration(
        of plugin: JSONObject, after previous: JSONValue?, leases: String
    ) -> String {
        let shared: [(String, JSONValue?)] = [
            ("name", name), ("cniVersion", version), ("prevResult", previous),
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
}
