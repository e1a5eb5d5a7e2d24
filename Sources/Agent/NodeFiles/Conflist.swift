import JSON

/// The plugins' configuration that the agent writes: the same on all nodes, and for good.
struct Conflist: Hashable, Sendable {
    let rangeFile: String

    /// The network's name, by which leases and pods' links are told from those of others.
    static let network = "weft"

    /// What comes between the plugin's name and its `ipam`: what is written now, then what was once.
    ///
    /// Pods' traffic is the agent's to masquerade, for it alone knows the other nodes' pods.
    private static let settings = ["", #""ipMasq": true,\#n      "#]

    var text: String { text(Self.settings[0]) }

    /// Whether a file's content was written by an agent, this version's or an earlier one's.
    static func isOurs(_ content: [UInt8]) -> Bool {
        guard let document = try? JSONValue(document: content.span),
            let plugin = document.object?["plugins"]?.array?.first,
            let path = plugin.object?["ipam"]?.object?["rangeFile"]?.string
        else { return false }
        return settings.contains { Array(Conflist(rangeFile: path).text($0).utf8) == content }
    }

    private func text(_ settings: String) -> String {
        """
        {
          "cniVersion": "1.1.0",
          "name": "\(Self.network)",
          "plugins": [
            {
              "type": "weft-cni",
              \(settings)"ipam": {"type": "weft-ipam", "rangeFile": \(JSONValue.string(rangeFile).text)},
              "capabilities": {"portMappings": true, "bandwidth": true, "ips": true, "mac": true}
            }
          ]
        }

        """
    }
}
