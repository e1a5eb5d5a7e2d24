package import Netlink
package import Network
package import Platform

/// A machine that is a network namespace of this process, with a name for messages.
///
/// Without a path that keeps it, nothing of it remains, even when the process is killed.
package final class Host: Sendable {
    package let name: String
    /// A path that leads there for every program.
    package let path: String
    package let namespace: NetworkNamespace
    private let thread: NamespaceThread

    /// Makes a host with nothing but a loopback, and keeps it at a path if one is given.
    package init(_ name: String, keptAt path: String? = nil) throws {
        let namespace = try NetworkNamespace.anonymous()
        if let path { try namespace.keep(at: path) }
        thread = try NamespaceThread(namespace)
        self.name = name
        self.path = path ?? namespace.path
        self.namespace = namespace
        try prepare()
    }

    private func prepare() throws {
        try run {
            // Nobody else has these addresses, and to ask holds each back for a second or more.
            for scope in ["all", "default"] {
                try Sysctl("net.ipv6.conf.\(scope).accept_dad").write("0")
            }
        }
        try change(.change(.index(.loopback), .up))
    }
}

extension Host {
    /// Runs a closure on the host's thread; callers take turns, and sockets stay in the host.
    package func run<Value: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try thread.run(body)
    }

    /// Runs a program to its end in the host's network.
    package func run(_ program: Program) throws -> Program.Outcome {
        try run { () throws(PlatformError) in try program.run() }
    }

    /// Lets the host pass on what is not for itself.
    package func forward() throws {
        try run {
            try Sysctl("net.ipv4.ip_forward").write("1")
            try Sysctl("net.ipv6.conf.all.forwarding").write("1")
        }
    }

    /// A connection to the host's kernel.
    ///
    /// The thread that stays there opens it: one in a user namespace cannot come back.
    package func routes() throws(NetlinkError) -> RouteSocket {
        try run { () throws(NetlinkError) in try RouteSocket() }
    }

    /// Sends requests to the host's kernel.
    package func change(_ requests: Request...) throws { try change(requests) }

    package func change(_ requests: [Request]) throws {
        var socket = try routes()
        try socket.run(requests)
    }
}

extension Host {
    /// All addresses that the host has now.
    package var addresses: [CIDR] {
        get throws {
            var socket = try routes()
            return try socket.list(.addresses).map(\.address)
        }
    }

    package func link(_ name: InterfaceName) throws -> Link {
        var socket = try routes()
        guard let link = try socket.find(.link(name)) else {
            throw TopologyError(self.name, "it has no link \(name)")
        }
        return link
    }
}

extension InterfaceAddress {
    /// An address that is used at once, with the usual broadcast address.
    package init(of host: CIDR, on link: LinkIndex) {
        self.init(
            host, on: link, flags: host.family == .v6 ? .noDuplicateDetection : [],
            broadcast: host.broadcast)
    }
}
