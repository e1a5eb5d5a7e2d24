import DNS
import Network
import Support

/// What the command line says of serving the node itself.
struct NodeLocalArguments {
    let settings: NodeLocalSettings
    let isCleanup: Bool

    static let options: [Option] = [
        Option(
            "node-local", help: "serve this node at addresses of its own: docs/node-local-dns.md"),
        Option(
            "local-ip", value: "ADDRESS", isList: true,
            help: "what the node's pods may ask, 169.254.20.10 if server blocks need one"),
        Option(
            "dns-service", value: "ADDRESS", isList: true,
            help: "a cluster IP of the DNS service, whose packets are to end here"),
        Option("cleanup", help: "remove the addresses and rules of --node-local, and end"),
    ]

    /// Nil where the node is not to be served.
    init?(_ arguments: Arguments) throws(UsageError) {
        guard arguments.has("node-local") else {
            for name in ["local-ip", "dns-service", "cleanup"] where arguments.has(name) {
                throw UsageError("--\(name) goes with --node-local")
            }
            return nil
        }
        var settings = NodeLocalSettings()
        settings.localAddresses = try Self.addresses("local-ip", arguments)
        settings.serviceAddresses = try Self.addresses("dns-service", arguments)
        self.settings = settings
        isCleanup = arguments.has("cleanup")
    }

    private static func addresses(
        _ name: String, _ arguments: Arguments
    ) throws(UsageError) -> [IPAddress] {
        var addresses: [IPAddress] = []
        for text in arguments.text(name)?.split(separator: ",") ?? [] {
            guard let address = IPAddress(text), !address.isUnspecified else {
                throw UsageError("--\(name): '\(text)' is no address of a server")
            }
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }
}
