import Agent
import Platform
import Support

/// `weft agent`.
let agentCommand = Subcommand(
    "weft agent", summary: "Give this node's pods their network: routes, services, configuration",
    details: """
        One process for a node: it leads pods of all nodes to each other (directly where nodes are
        on one network, else through VXLAN), programs services as weft proxy does, masquerades what
        pods send out of the cluster, writes the configuration that container runtimes start
        weft-cni with, and with --dns answers names. Each part can be switched off.

        What it has made in the kernel stays when it ends, is killed or is upgraded; one that starts
        and finds all right changes nothing. weft cleanup removes it.

        Objects come from the API server of --kubeconfig or the file, else as kubectl finds it; with
        --manifests from the files of a directory.

        Listens on 0.0.0.0:10256 for /healthz, /livez and /readyz, on 127.0.0.1:10249 for /metrics,
        and on /run/weft/agent.sock for weft status. Tells systemd when pods can be started.

        Ends on SIGINT or SIGTERM with status 0; with 64 for a command line that is wrong, and with
        1 when it cannot work at all, or its file has changed: its service manager starts it again.

        Examples:
          weft agent --kubeconfig /etc/kubernetes/kubelet.conf
          weft agent --config /etc/weft/agent.yaml --no-proxy
          weft agent --manifests /etc/weft/cluster --node-name node-1
          weft agent --print-config > /etc/weft/agent.yaml
        """,
    options: AgentArguments.options
) { arguments in
    let request = AgentArguments(arguments)
    let loaded = try request.load()
    if arguments.has("print-config") {
        try StandardStream.output.write(loaded.configuration.yaml)
        return .success
    }
    let log = Log(loaded.configuration.log)
    for note in loaded.notes { log(.warning, note) }
    return try AgentSession(loaded.configuration, file: request.file, log).run()
}

extension Log {
    fileprivate convenience init(_ settings: AgentConfiguration.Log) {
        let level: LogLevel =
            switch settings.level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        self.init(from: level, settings.format == .json ? .json : .text)
    }
}
