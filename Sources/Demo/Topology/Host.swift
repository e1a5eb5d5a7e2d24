import Netlink
import Network
import Platform

/// A machine of the demonstration: a network namespace under its name in the run directory.
final class Host: Sendable {
    let name: String
    /// A path that leads there for every program.
    let path: String
    let namespace: NetworkNamespace
    private let thread: NamespaceThread

    /// Makes the machine with nothing but a loopback.
    init(_ name: String, in directory: RunDirectory) throws {
        let namespace = try NetworkNamespace.anonymous()
        path = directory.namespace(name)
        try namespace.keep(at: path)
        thread = try NamespaceThread(namespace)
        self.name = name
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
    /// Runs a closure in the machine's network; sockets stay in it.
    func run<Value: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try thread.run(body)
    }

    /// Passes on what is not for the machine itself.
    func forward() throws {
        try run {
            try Sysctl("net.ipv4.ip_forward").write("1")
            try Sysctl("net.ipv6.conf.all.forwarding").write("1")
        }
    }

    func change(_ requests: Request...) throws { try change(requests) }

    func change(_ requests: [Request]) throws {
        var socket = try routes()
        try socket.run(requests)
    }

    /// All addresses that the machine has now.
    var addresses: [CIDR] {
        get throws {
            var socket = try routes()
            return try socket.list(.addresses).map(\.address)
        }
    }

    /// A connection to the machine's kernel.
    ///
    /// The thread that stays there opens it: one in a user namespace cannot come back.
    func routes() throws(NetlinkError) -> RouteSocket {
        try run { () throws(NetlinkError) in try RouteSocket() }
    }

    /// Runs a program to its end in the machine's network.
    func run(_ program: Program) throws -> Program.Outcome {
        try run { () throws(PlatformError) in try program.run() }
    }
}
