import Agent
import JSON

extension FuzzTargets {
    /// What an agent is configured with, and what it says of itself.
    static let agentDocuments = [
        FuzzTarget(
            "agent.configuration", texts: [AgentConfiguration().yaml, AgentTexts.configuration]
        ) { input in
            guard let loaded = try? AgentConfiguration.read(input.span, name: "agent.yaml") else {
                return
            }
            let text = loaded.configuration.yaml
            let copy = try? AgentConfiguration.read(text.utf8.span, name: "copy")
            precondition(copy?.configuration == loaded.configuration)
        },
        FuzzTarget("agent.status", texts: [AgentTexts.status]) { input in
            guard let document = try? JSONValue(document: input.span) else { return }
            precondition(StatusScreen(document)?.text.isEmpty != true)
        },
    ]
}

private enum AgentTexts {
    static let configuration = """
        apiVersion: weft.dev/v1
        kind: AgentConfiguration
        nodeName: node-1
        routes: {mode: vxlan, vxlanPort: 8472, mtu: 1400}
        masquerade:
          exclude: [10.0.0.0/8, "fd00::/8"]
        proxy:
          configuration:
            clusterCIDR: 10.244.0.0/16,fd00:10:244::/56
            conntrack: {min: 1000, udpTimeout: 30s}
        dns: {enabled: true, localAddresses: [169.254.20.10]}
        status: {health: none, metrics: "[::1]:9000"}
        """
    static let status = """
        {"version": "1", "node": "n", "pid": 4, "uptimeSeconds": 90000.5,
         "process": {"residentBytes": 1}, "source": {"place": "p", "kinds": [
          {"kind": "Node", "synced": true, "objects": 3, "contactSeconds": 2.0, "failures": 0}]},
         "parts": [{"name": "cni", "state": "ok", "errors": 1, "syncSeconds": null,
          "problem": "a", "lastError": {"text": "old", "time": "T"}, "objects": {"a": 1}}]}
        """
}
