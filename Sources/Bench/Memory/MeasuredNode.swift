import Netlink
import Network
import Platform

/// A node for one program: a namespace with a wire to nowhere, and a server on its loopback.
final class MeasuredNode: Sendable {
    static let name = "node-0"

    let namespace: NetworkNamespace
    let server: APIServer
    let scratch: ScratchDirectory

    init(_ objects: APIObjects) throws {
        let namespace = try NetworkNamespace.anonymous()
        try Self.prepare(namespace)
        server = try APIServer.listening(in: namespace, objects)
        scratch = try ScratchDirectory()
        self.namespace = namespace
    }

    /// What the first node of `PlainCluster` has: its addresses, on a link by which others would be
    /// reached.
    private static func prepare(_ namespace: borrowing NetworkNamespace) throws {
        try namespace.run { () throws(PlatformError) in
            for scope in ["all", "default"] {
                try Sysctl("net.ipv6.conf.\(scope).accept_dad").write("0")
                try Sysctl("net.ipv6.conf.\(scope).forwarding").write("1")
            }
            try Sysctl("net.ipv4.ip_forward").write("1")
        }
        var routes = try RouteSocket(in: namespace)
        let wire = try InterfaceName(validating: "wire")
        let other = try InterfaceName(validating: "other")
        try routes.run([
            .change(.index(.loopback), .up),
            .create(NewLink(.init(wire), .veth(.init(other)))),
            .change(.name(wire), .up), .change(.name(other), .up),
        ])
        guard let link = try routes.find(.link(.name(wire))) else { return }
        try routes.run(
            try ["192.168.0.1/16", "fd00:192::1/64"].map { text in
                let address = try CIDR(validating: text)
                return .add(
                    InterfaceAddress(address, on: link.index, broadcast: address.broadcast))
            })
    }
}
