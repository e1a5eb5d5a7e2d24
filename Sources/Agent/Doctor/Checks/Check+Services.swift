import JSON
import Kubernetes
import Network

extension Check {
    static let services = [
        Check("agent", "what the agent on this node says") { $0.agentState },
        Check("server", "whether the API server answers, and lets the agent read") { $0.server },
        Check("dns", "whether others have the port of the node's DNS server") { $0.namePort },
    ]
}

extension MachineFacts {
    fileprivate var agentState: [Finding] {
        switch agent {
        case .silent(let reason):
            return [
                .error(
                    "no agent answers at \(configuration.status.socket): \(reason)",
                    "systemctl start weft-agent; if it ends, journalctl -u weft-agent says why")
            ]
        case .status: return parts.compactMap(Self.judge) + unsynced
        }
    }

    private var status: JSONObject? {
        if case .status(let document) = agent { document.object } else { nil }
    }

    private var parts: [JSONObject] {
        status?["parts"]?.array?.compactMap(\.object) ?? []
    }

    private static func judge(_ part: JSONObject) -> Finding? {
        guard let name = part["name"]?.string, let state = part["state"]?.string,
            !["ok", "off"].contains(state)
        else { return nil }
        let problem = part["problem"]?.string ?? "it has not done its work once"
        return .error(
            "the agent's \(name) is \(state): \(problem)",
            "weft status shows what it did; journalctl -u weft-agent has the whole story")
    }

    private var unsynced: [Finding] {
        let kinds = status?["source"]?.object?["kinds"]?.array?.compactMap(\.object) ?? []
        let names = kinds.filter { $0["synced"] == .bool(false) }.compactMap { $0["kind"]?.string }
        guard !names.isEmpty else { return [] }
        return [
            .warning(
                "the agent has not been told of all objects: \(names.joined(separator: ", "))",
                "see the finding on the server; until then the node stays as it is")
        ]
    }

    fileprivate var server: [Finding] {
        switch access {
        case .unasked: return []
        case .failed(let reason):
            return [
                .error(
                    "the API server cannot be asked: \(reason)",
                    "see that --kubeconfig names a readable file, with the server's address and valid "
                        + "credentials")
            ]
        case .answered(let refused):
            return refused.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, number in
                .error(
                    "the API server refuses \(kind.resource.plural) (HTTP \(number))",
                    number == 401
                        ? "renew the credentials in the kubeconfig"
                        : "weft rbac | kubectl apply -f - lets the agent read them")
            }
        }
    }

    fileprivate var namePort: [Finding] {
        let dns = configuration.dns
        let isServing = parts.contains {
            $0["name"] == .string(AgentPart.dns.rawValue) && $0["state"] == .string("ok")
        }
        guard dns.isEnabled, !isServing else { return [] }
        let own = Set(dns.localAddresses + dns.serviceAddresses)
        let taken = Set(nameServers.filter { $0.address.isUnspecified || own.contains($0.address) })
        return taken.sorted { $0.description < $1.description }.map { address in
            .error(
                "somebody else answers names at \(address)",
                "stop it (ss -lnp 'sport = 53' tells who it is), or have it listen at its own address"
            )
        }
    }
}
