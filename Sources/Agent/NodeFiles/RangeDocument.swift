import JSON
import Network

/// The range file: what of the plugins' configuration differs from node to node.
struct RangeDocument: Hashable, Sendable {
    var networks: [CIDR]
    var mtu: UInt32?

    init(networks: [CIDR], mtu: UInt32?) {
        self.networks = networks
        self.mtu = mtu
    }

    var text: String {
        var object: JSONObject = [
            "podCIDRs": .array(networks.map { .string("\($0)") })
        ]
        if let mtu { object.members.append(.init(key: "mtu", value: .number("\(mtu)"))) }
        return JSONValue.object(object).text + "\n"
    }
}

extension RangeDocument {
    /// Reads what an agent has written; nil for what another program did, or a person.
    init?(_ content: [UInt8]) {
        guard let document = try? JSONValue(document: content.span),
            let names = document.object?["podCIDRs"]?.array
        else { return nil }
        networks = names.compactMap { $0.string.flatMap { CIDR($0) } }
        mtu = document.object?["mtu"]?.integer.flatMap { UInt32(exactly: $0) }
        if Array(text.utf8) != content { return nil }
    }
}
