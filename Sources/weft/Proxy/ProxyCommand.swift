import Inspection
import Kubernetes
import Network
import Platform
import Proxy
import Support

/// `weft proxy`.
let proxyCommand = Subcommand(
    "weft proxy", summary: "Program the cluster's services into this node's kernel",
    details: """
        Does what kube-proxy does, with its configuration, its flags and its metrics. Connections to
        a service go to its endpoints in strict turn, per service port; the annotation
        weft.dev/balance on a service chooses another way: random, source-hash, or weighted by
        weft.dev/weight.

        Everything is in the nftables tables "ip weft-proxy" and "ip6 weft-proxy" and stays there
        when the proxy ends; --cleanup removes it. A proxy that starts and finds the tables right
        changes nothing. What somebody else changes in them is put right at once. kube-proxy's own
        tables are replaced in the transaction that makes ours.

        Objects come from the API server of --kubeconfig or the configuration's
        clientConnection.kubeconfig, else as kubectl finds it; with --manifests from the files of a
        directory, with what a control plane would make of them.

        Listens on 0.0.0.0:10256 for /healthz and /livez, and on 127.0.0.1:10249 for /metrics,
        /readyz, /proxyMode and /configz. Tells systemd when all services are in the kernel.

        Ends on SIGINT or SIGTERM with status 0; with 64 for a command line that is wrong, and with
        1 when it cannot work at all.

        Examples:
          weft proxy --config /var/lib/kube-proxy/config.conf
          weft proxy --manifests /etc/weft/services --cluster-cidr 10.244.0.0/16
          weft proxy --config config.conf --dry-run | nft -c -f -
          weft proxy --config config.conf --diff
          weft proxy --cleanup
        """,
    options: ProxyArguments.options
) { arguments in
    let request = try ProxyArguments(arguments)
    let loaded = try request.load()
    let configuration = loaded.configuration
    switch request.task {
    case .version:
        try StandardStream.output.write("weft \(Version.current)\n")
        return .success
    case .writeConfiguration(let path):
        try File.replace(path, with: configuration.yaml.utf8.span)
        return .success
    case .cleanup:
        try ProxyTasks.cleanUp()
        return .success
    default: break
    }
    let log = Log(from: configuration.logLevel, configuration.logFormat)
    for note in loaded.notes { log(.warning, note) }
    let session = try ProxySession(request, configuration, log)
    return try session.run()
}
