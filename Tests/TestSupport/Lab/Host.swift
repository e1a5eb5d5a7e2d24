import Netlink
package import Platform

/// A machine of the lab: a network namespace with a name for messages.
package final class Host: Sendable {
    package let name: String
    package let namespace: NetworkNamespace

    /// Makes a host whose loopback is up and whose addresses are usable at once.
    init(_ name: String) throws {
        self.name = name
        self.namespace = try NetworkNamespace.anonymous()
        try run {
            // Duplicate-address detection holds an address back for a second or more.
            for scope in ["all", "default"] {
                try Sysctl("net.ipv6.conf.\(scope).accept_dad").write("0")
            }
        }
        try change(.change(.index(.loopback), .up))
    }

    /// Runs a closure inside the host and waits for it.
    ///
    /// It runs on a thread that belongs to no test: return values, and expect outside. Sockets
    /// stay in the host they were opened in.
    package func run<Value: ~Copyable>(_ body: () throws -> Value) throws -> Value {
        let result = try namespace.run { Result { try body() } }
        return try result.get()
    }
}

extension Host {
    /// A path to the namespace, as CNI's runtimes give one.
    package var path: String { namespace.path }

    /// Lets the host pass on what is not for itself.
    package func forward() throws {
        try run {
            try Sysctl("net.ipv4.ip_forward").write("1")
            try Sysctl("net.ipv6.conf.all.forwarding").write("1")
        }
    }

    /// Sends requests to the host's kernel.
    func change(_ requests: Request...) throws { try change(requests) }

    func change(_ requests: [Request]) throws {
        var socket = try RouteSocket(in: namespace)
        try socket.run(requests)
    }
}
