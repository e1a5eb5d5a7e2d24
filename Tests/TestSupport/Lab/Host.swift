import Netlink
package import Platform
import Topology

/// A machine of the lab: a network namespace with a name for messages.
package final class Host: Sendable {
    let host: Topology.Host

    /// Makes a host whose loopback is up and whose addresses are usable at once.
    init(_ name: String) throws { host = try Topology.Host(name) }

    /// Runs a closure inside the host and waits for it.
    ///
    /// It runs on the calling thread, so that several can be there at once. Sockets stay in the host
    /// they were opened in.
    package func run<Value: ~Copyable>(_ body: () throws -> Value) throws -> Value {
        let result = try namespace.run { Result { try body() } }
        return try result.get()
    }
}

extension Host {
    package var name: String { host.name }

    package var namespace: NetworkNamespace {
        _read { yield host.namespace }
    }

    /// A path to the namespace, as CNI's runtimes give one.
    package var path: String { host.path }

    /// Lets the host pass on what is not for itself.
    package func forward() throws { try host.forward() }

    /// Waits until each of the host's IPv6 addresses is its own for packets, too.
    package func awaitLocalRoutes() throws { try host.awaitLocalRoutes() }

    /// Sends requests to the host's kernel.
    func change(_ requests: Request...) throws { try host.change(requests) }
}
