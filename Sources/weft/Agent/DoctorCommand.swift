import Agent
import JSON
import Kubernetes
import Platform
import Proxy
import Support

/// `weft doctor`.
let doctorCommand = Subcommand(
    "weft doctor", summary: "Find what keeps this node's pods from their network",
    details: """
        Looks at the node, changes nothing, and says for each thing it finds what to do about it:

          the kernel: features, forwarding, rp_filter, connection tracking, the clock
          the network: sizes of packets, tunnels, routes, and what kube-proxy, other networks of
          pods or firewalls have there
          files: the runtime's configurations and plugins, the node's ranges
          pods: addresses against links, and links against addresses
          the agent, and whether the API server answers and lets it read

        Findings are errors, which keep pods from starting or from being reached, and warnings.
        Ends with status 1 if there are errors, else with 0.

        Run it as root, on the node itself and not in a container.

        Examples:
          weft doctor
          weft doctor --config /etc/weft/agent.yaml
          weft doctor -o json | jq '.checks[].findings[]'
        """,
    options: [
        Option("o", letter: "o", value: "FORMAT", help: "json for a document"),
        Option("config", value: "FILE", help: "The agent's configuration (default: its defaults)"),
        Option("kubeconfig", value: "FILE", help: "How the agent reaches the API server"),
        Option("manifests", value: "DIR", help: "The agent takes objects from this directory"),
        Option(
            "bin-dir", value: "PATH", standard: DoctorSettings().pluginDirectory,
            help: "Where the runtime starts plugins from"),
        Option(
            "data-dir", value: "PATH", standard: DoctorSettings().dataDirectory,
            help: "Where ipam.dataDir says that leases are"),
    ]
) { arguments in
    let format = arguments.text("o")
    guard format == nil || format == "json" else { throw UsageError("-o must be json") }
    // A pipe that nobody reads is an error of the write to it.
    try SignalSource.block([.pipe])
    let report = DoctorReport(MachineFacts(of: try DoctorSettings(arguments)))
    try StandardStream.output.write(
        format == nil ? report.text : report.json.indentedText + "\n")
    return report.errors == 0 ? .success : .failure
}

extension DoctorSettings {
    fileprivate init(_ arguments: Arguments) throws {
        self.init()
        if let path = arguments.text("config") {
            configuration = try AgentConfiguration.read(path: path).configuration
        }
        configuration.manifests = arguments.text("manifests") ?? configuration.manifests
        let client = configuration.proxy.configuration.client
        let named = [
            arguments.text("kubeconfig") ?? "", configuration.kubeconfig, client.kubeconfig,
        ]
        credentials = CredentialsSettings(
            kubeconfig: named.first { !$0.isEmpty }, environment: Environment.variables)
        credentials.server = client.master.isEmpty ? nil : client.master
        pluginDirectory = arguments.text("bin-dir") ?? pluginDirectory
        dataDirectory = arguments.text("data-dir") ?? dataDirectory
    }
}
