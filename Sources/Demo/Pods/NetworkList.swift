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
    func configuration(of plugin: JSONObject, after previous: JSONValue?) -> String {
        let shared: [(String, JSONValue?)] = [
            ("name", name), ("cniVersion", version), ("prevResult", previous),
        ]
        let keys = shared.map(\.0)
        let own = plugin.members.filter { !keys.contains($0.key) }
        let members = shared.compactMap { key, value in
            value.map { JSONObject.Member(key: key, value: $0) }
        }
        return JSONValue.object(JSONObject(members: members + own)).text
    }
}
