import JSON

/// The plugins' configuration that the agent writes: the same on all nodes, and for good.
struct Conflist: Hashable, Sendable {
    let rangeFile: String

    /// The network's name, by which leases and pods' links are told from those of others.
    static let network = "weft"

    /// Lines before the network's name, and what comes between the plugin's name and its `ipam`.
    private struct Form {
        var versions = #""cniVersion": "1.0.0",\#n  "cniVersions": ["1.0.0", "1.1.0"],"#
        var settings = ""
    }

    /// What is written now, then what was once.
    ///
    /// A runtime takes the newest version that it knows; libcni before 1.2, which containerd 1 has,
    /// looks at `cniVersion` alone and knows none after 1.0.0. Pods' traffic is the agent's to
    /// masquerade, for it alone knows the other nodes' pods.
    private static let forms = [
        Form(), Form(versions: oldVersion),
        Form(versions: oldVersion, settings: #""ipMasq": true,\#n      "#),
    ]
    private static let oldVersion = #""cniVersion": "1.1.0","#

    var text: String { text(Self.forms[0]) }

    /// Whether a file's content was written by an agent, this version's or an earlier one's.
    static func isOurs(_ content: [UInt8]) -> Bool {
        guard let document = try? JSONValue(document: content.span),
            let plugin = document.object?["plugins"]?.array?.first,
            let path = plugin.object?["ipam"]?.object?["rangeFile"]?.string
        else { return false }
        return forms.contains { Array(Conflist(rangeFile: path).text($0).utf8) == content }
    }

    private func text(_ form: Form) -> String {
        """
        {
          \(form.versions)
          "name": "\(Self.network)",
          "plugins": [
            {
              "type": "weft-cni",
              \(form.settings)"ipam": {"type": "weft-ipam", "rangeFile": \(JSONValue.string(rangeFile).text)},
              "capabilities": {"portMappings": true, "bandwidth": true, "ips": true, "mac": true}
            }
          ]
        }

        """
    }
}
