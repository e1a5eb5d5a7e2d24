import Inspection
import Kubernetes
import Network
import Platform
import Support

/// `weft watch`.
let watchCommand = Subcommand(
    "weft watch", summary: "Tell each change of the cluster's objects, a line each",
    details: """
        Lines have a time in UTC, a word, and for an object its kind, its name and what changed:
          ADDED, MODIFIED, DELETED   an object; at the beginning all there are are ADDED, unless
                                     --watch-only is given
          SYNCED                     all objects of a kind have been told
          UNSYNCED                   a kind that was not listed within --timeout
          CONNECTED                  a connection to the server was made
          INFO, WARNING, ERROR       the source says something about itself

        Changes that follow each other faster than they are printed are told as one. Resources are
        named as for weft get; without any, all kinds are watched.

        With --output json each line is an object: time, type, kind, namespace, name, text, and
        object with all that Weft keeps of it, of a deleted one as it was last.

        With --metrics, GET /metrics at that address answers in Prometheus' text format:
        requests, failures, latency, relists, events, bytes, objects and whether each kind is
        synced.

        \(SourceChoice.help)

        Goes on until SIGINT, SIGTERM or the end of a pipe that it writes to, and ends with status
        0; with 64 for a command line that is wrong, and with 1 when there is no source.

        Examples:
          weft watch
          weft watch ep po -n shop --watch-only
          weft watch -o json --metrics 127.0.0.1:9402
        """,
    options: WatchRequest.options + [
        Option("metrics", value: "ADDRESS:PORT", help: "Serve metrics there; [::1]:9402 for IPv6")
    ] + SourceChoice.options,
    operand: "[RESOURCE...]", choices: View.allCases.map(\.rawValue)
) { arguments in
    let choice = try SourceChoice(arguments)
    let request = try WatchRequest(arguments)
    let address = try arguments.metricsAddress
    return try withSource(choice, request.kinds) { source, reports in
        let server = try address.map { address throws(PlatformError) in
            try StatusServer(address) { SourceMetrics.answer($0, of: source) }
        }
        defer { withExtendedLifetime(server) {} }
        var watching = Watching(request, of: source, on: .standard)
        var follower = try Follower(source, reports, kinds: request.kinds)
        return try watching.run(&follower, patience: choice.patience)
    }
}

extension Arguments {
    fileprivate var metricsAddress: AddressAndPort? {
        get throws(UsageError) {
            guard let text = text("metrics") else { return nil }
            do {
                return try AddressAndPort(validating: text)
            } catch {
                throw UsageError("--metrics takes an address and a port, not '\(text)'")
            }
        }
    }
}
