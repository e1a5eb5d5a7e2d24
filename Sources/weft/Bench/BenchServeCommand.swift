import Bench
import Kubernetes
import Network
import Platform
import Support

/// `weft bench serve`.
let benchServeCommand = Subcommand(
    "weft bench serve", summary: "Be the API server of a generated cluster, for other programs",
    details: """
        Serves services, endpoint slices, nodes and namespaces over HTTP, without TLS and to anybody
        who asks, so on the loopback only unless told otherwise. Lists, watches and discovery are as
        kube-proxy, CoreDNS and kubectl expect them; nobody can change anything.

        With DIR, a kubeconfig is written there: DIR/config. With --changes, an endpoint of some
        service is replaced so many times a second.

        Ends on SIGINT or SIGTERM with status 0.

        Examples:
          weft bench serve --services 10000 --nodes 100
          weft bench serve --mixed --changes 10 /tmp/cluster
          KUBECONFIG=/tmp/cluster/config kubectl get endpointslices -A
        """,
    options: [
        Option("services", value: "N", standard: "1000", help: "How many services there are"),
        Option("endpoints", value: "N", standard: "10", help: "Endpoints of each service"),
        Option("nodes", value: "N", standard: "3", help: "How many nodes there are"),
        Option(
            "family", value: "v4|v6|dual", standard: "v4", help: "The families of all addresses"),
        Option("mixed", help: "Every kind of service that has names, in both families"),
        Option("changes", value: "N", standard: "0", help: "Changes a second"),
        Option(
            "address", value: "ADDRESS:PORT", standard: "127.0.0.1:8080", help: "Where to listen"),
    ], operand: "[DIR]"
) { arguments in
    let interruption = try Interruption()
    let cluster = try arguments.cluster
    let objects = try APIObjects(ServedObjects(cluster))
    let server = try APIServer(objects, on: try arguments.place)
    if let directory = arguments.operands.first {
        try Directory.create(directory)
        try File.replace("\(directory)/config", with: server.kubeconfig.utf8.span)
    }
    try StandardStream.output.write("\(server.url)\n")
    let rate = try arguments.number("changes", in: 0...10_000)
    var round = 0
    while !interruption.isWanted {
        sleep(for: rate == 0 ? .milliseconds(100) : .seconds(1) / rate)
        if rate == 0 { continue }
        for slice in try cluster.change(round) { try objects.put(slice) }
        round += 1
    }
    withExtendedLifetime(server) {}
    return .success
}

extension Arguments {
    fileprivate var cluster: any GeneratedCluster {
        get throws {
            let services = try number("services", in: 1...100_000)
            let endpoints = try number("endpoints", in: 1...1000)
            if has("mixed") { return MixedCluster(services: services, endpoints: endpoints) }
            return PlainCluster(
                services: services, endpoints: endpoints, families: try benchFamilies,
                nodes: try number("nodes", in: 0...10_000))
        }
    }

    fileprivate var place: AddressAndPort {
        get throws(UsageError) {
            let text = text("address") ?? ""
            do { return try AddressAndPort(validating: text) } catch {
                throw UsageError("--address takes an address and a port, not '\(text)'")
            }
        }
    }
}
