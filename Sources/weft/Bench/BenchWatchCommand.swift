import Bench
import Network
import Support

/// `weft bench watch`.
let benchWatchCommand = Subcommand(
    "weft bench watch", summary: "Measure what it takes to know a cluster, and to hear of changes",
    details: """
        A server of generated services and endpoint slices, over HTTP on the loopback of this machine,
        is watched as Weft's daemons watch one. Measured are, in protobuf and in JSON:
          decode   lists that are there already, until a store has what they say
          list     a source from its beginning until its store holds all objects, as a stream of
                   events and in pages
          store    a changed slice from its bytes to a consumer that has seen it, without network
          change   a changed slice from the server's word to a consumer that has seen it

        Processor time is that of the source alone, without the server's. store and change are
        measured with a small cluster too: how they differ is what a large one costs.

        With --kubeconfig, and with --context, it is your own API server that is listed and watched;
        nothing is changed there. What the server was asked for is compressed only if the
        kubeconfig lets it.

        Examples:
          weft bench watch
          weft bench watch --services 50000 --rounds 5 --json watch.json
          weft bench watch --kubeconfig ~/.kube/config
        """,
    options: [
        Option("services", value: "N", standard: "10000", help: "Services of the large cluster"),
        Option("few", value: "N", standard: "100", help: "Services of the small cluster"),
        Option("endpoints", value: "N", standard: "10", help: "Endpoints of each service"),
        Option(
            "family", value: "v4|v6|dual", standard: "v4", help: "The families of all addresses"),
        Option("changes", value: "N", standard: "500", help: "Changes in each round"),
        Option("kubeconfig", value: "FILE", help: "Measure with the API server of this file"),
        Option("context", value: "NAME", help: "The context of the kubeconfig"),
    ] + BenchSession.options
) { arguments in
    let rounds = try BenchSession.rounds(arguments)
    if arguments.has("kubeconfig") || arguments.has("context") {
        return try BenchSession(arguments).run(
            RemoteWatchSuite(
                kubeconfig: arguments.text("kubeconfig"), context: arguments.text("context"),
                rounds: rounds))
    }
    var settings = WatchSuite.Settings()
    settings.services = try arguments.number("services", in: 1...100_000)
    settings.few = try arguments.number("few", in: 1...100_000)
    settings.endpoints = try arguments.number("endpoints", in: 1...1000)
    settings.families = try arguments.benchFamilies
    settings.changes = try arguments.number("changes", in: 1...1_000_000)
    settings.rounds = rounds
    return try BenchSession(arguments).run(WatchSuite(settings))
}

extension Arguments {
    /// The families that generated clusters have.
    var benchFamilies: [IPFamily] {
        get throws(UsageError) {
            switch text("family") {
            case "v4": [.v4]
            case "v6": [.v6]
            case "dual": [.v4, .v6]
            default: throw UsageError("--family must be v4, v6 or dual")
            }
        }
    }
}
