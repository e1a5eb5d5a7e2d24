import Netlink
import Network
import Platform

/// Makes and deletes one veth pair at a time, its first end in another namespace: what no plugin can
/// do without.
struct VethPair: ~Copyable {
    private let node: NetworkNamespace
    private let pod: NetworkNamespace
    private var routes: RouteSocket
    /// What the bare kernel operation is sent through: no sequence, no reading of the answer.
    private let bare: NetlinkSocket
    private var answer = [UInt8](repeating: 0, count: 4096)

    private let podEnd: InterfaceName
    private let nodeEnd: InterfaceName

    init() throws {
        let podEnd = try InterfaceName(validating: "eth0")
        let nodeEnd = try InterfaceName(validating: "weft0")
        let node = try NetworkNamespace.anonymous()
        let pod = try NetworkNamespace.anonymous()
        let routes = try RouteSocket(in: node)
        let bare = try node.run { () throws(PlatformError) in try NetlinkSocket(.route) }
        self.podEnd = podEnd
        self.nodeEnd = nodeEnd
        self.node = node
        self.pod = pod
        self.routes = routes
        self.bare = bare
    }

    /// One message: a named pair with MAC and MTU, its first end up and in the pod's namespace.
    private var creation: Netlink.Request {
        .create(
            NewLink(
                NewLink.End(
                    podEnd, address: MACAddress(rawValue: 0x0200_0A00_0002), mtu: 1450, isUp: true,
                    in: NamespaceReference(pod)),
                .veth(NewLink.Peer(nodeEnd, mtu: 1450))))
    }

    private var deletion: Netlink.Request { .delete(.name(nodeEnd)) }
}

extension VethPair {
    /// Our own way: the request is made, sent, and its answer understood.
    mutating func netlink() throws -> (creation: Duration, deletion: Duration) {
        let begin = MonotonicTime.now
        try routes.run(creation)
        let middle = MonotonicTime.now
        try routes.run(deletion)
        return (middle - begin, .now - middle)
    }

    /// The kernel's part alone: bytes made before the clock starts go out, bytes come back.
    mutating func kernel() throws -> (creation: Duration, deletion: Duration) {
        let made = try exchange(creation.message)
        // Were there no pair to delete, this would tell.
        guard try routes.find(.link(nodeEnd)) != nil else {
            throw BenchError(.network, "make a veth pair", "the kernel has not made it")
        }
        return (made, try exchange(deletion.message))
    }

    private mutating func exchange(_ message: [UInt8]) throws -> Duration {
        let begin = MonotonicTime.now
        try bare.send(message.span)
        let received = try Self.receive(from: bare, into: &answer)
        let time = MonotonicTime.now - begin
        guard case .datagram = received else {
            throw BenchError(.network, "make a veth pair", "the kernel did not answer")
        }
        return time
    }

    private static func receive(
        from socket: borrowing NetlinkSocket, into answer: inout [UInt8]
    ) throws(PlatformError) -> NetlinkSocket.Received {
        var space = answer.mutableSpan
        return try socket.receive(into: &space, wait: false)
    }
}
