import Measure
import Netlink
import Network
import Platform

/// Makes one veth pair at a time, its first end in another namespace, in two ways.
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
        let ends = (
            try InterfaceName(validating: "eth0"), try InterfaceName(validating: "weft0")
        )
        let node = try NetworkNamespace.anonymous()
        let pod = try NetworkNamespace.anonymous()
        let routes = try RouteSocket(in: node)
        let bare = try node.run { () throws(PlatformError) in try NetlinkSocket(.route) }
        (podEnd, nodeEnd) = ends
        self.node = node
        self.pod = pod
        self.routes = routes
        self.bare = bare
    }

    /// One message: a named pair with MAC and MTU, its first end up and in the pod's namespace.
    private var request: Request {
        .create(
            NewLink(
                NewLink.End(
                    podEnd, address: MACAddress(rawValue: 0x0200_0A00_0002), mtu: 1450, isUp: true,
                    in: NamespaceReference(pod)),
                .veth(NewLink.Peer(nodeEnd, mtu: 1450))))
    }

    /// Our whole path: the request is made, sent, and its answer understood.
    mutating func ours() throws -> Duration {
        let begin = MonotonicTime.now
        try routes.run(request)
        let time = MonotonicTime.now - begin
        try remove()
        return time
    }

    /// The kernel's part alone: bytes made before the clock starts go out, bytes come back.
    mutating func kernel() throws -> Duration {
        let message = request.message
        let begin = MonotonicTime.now
        try bare.send(message.span)
        let received = try Self.receive(from: bare, into: &answer)
        let time = MonotonicTime.now - begin
        guard case .datagram = received else {
            throw PlatformError(.invalid, "make veth pair", remedy: "the kernel did not answer")
        }
        try remove()
        return time
    }

    private static func receive(
        from socket: borrowing NetlinkSocket, into answer: inout [UInt8]
    ) throws(PlatformError) -> NetlinkSocket.Received {
        var space = answer.mutableSpan
        return try socket.receive(into: &space, wait: false)
    }

    private mutating func remove() throws {
        // The bare way reads no error: were there no pair, this would tell.
        try routes.run(.delete(.name(nodeEnd)))
    }
}
