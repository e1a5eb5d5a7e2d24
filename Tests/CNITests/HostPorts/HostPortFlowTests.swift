import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("Tracked flows follow their host ports", .requiresRoot)
struct HostPortFlowTests {
    private static let cases = [TransportProtocol.udp, .sctp].flatMap { transport in
        IPFamily.allCases.map { (transport, $0) }
    }

    private func part(_ transport: TransportProtocol, hostIP: String = "") throws -> HostPortPart {
        try HostPortPart(.publishing(.mapping(8080, to: 80, transport, hostIP: hostIP)))
    }

    /// The destinations of the tracked flows of a protocol, and where answers come from.
    private func flows(_ node: Host, _ transport: TransportProtocol) throws -> Set<String> {
        var socket = try ConntrackSocket(in: node.namespace)
        let filter = ConntrackFilter(original: .init(IPProtocol(transport)))
        return Set(
            try socket.connections(filter).map {
                "\($0.original.source) to \($0.original.destination)"
                    + " port \($0.original.destinationPort ?? 0), answers from \($0.reply.source)"
            })
    }

    @Test("a client that goes on from its port reaches the next pod", arguments: cases)
    func succession(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pods = [try lab.pod(1), try lab.pod(2)]
            let servers = try pods.map { try #require($0.host).serve(transport, 80) }
            let client = try AddressAndPort(
                validating: family == .v4 ? "192.0.2.2:5000" : "[2001:db8::2]:5000")
            for pod in pods {
                try lab.node.add(part(transport), for: pod)
                let reply = try lab.outside.ask(transport, .node(family, 8080), from: client)
                #expect(reply.server == pod.host?.name)
                try lab.node.remove(HostPortPart.self, for: pod)
                #expect(try flows(lab.node, transport) == [])
            }
            extendLifetime(servers)
        }
    }

    @Test("ADD takes over a client that asked before there was a pod", arguments: cases)
    func early(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let server = try #require(pod.host).serve(transport, 80)
            let own = try lab.node.serve(transport, 8080)
            let client = try AddressAndPort(
                validating: family == .v4 ? "192.0.2.2:5000" : "[2001:db8::2]:5000")
            let early = try lab.outside.ask(transport, .node(family, 8080), from: client)
            #expect(early.server == "node")
            try lab.node.add(part(transport), for: pod)
            let late = try lab.outside.ask(transport, .node(family, 8080), from: client)
            #expect(late.server == "pod1")
            // Again ADD: what leads to the pod already stays.
            let before = try flows(lab.node, transport)
            try lab.node.add(part(transport), for: pod)
            #expect(try flows(lab.node, transport) == before)
            extendLifetime([server, own])
        }
    }

    @Test("only flows of the port go: not those of others")
    func exact() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            try lab.node.ip("addr add 192.0.2.10/24 dev wan0")
            let (one, other) = (try lab.pod(1), try lab.pod(2))
            let servers = try [one, other].map { try #require($0.host).serve(.udp, 80) }
            let distant = try lab.outside.serve(.udp, 8080)
            try lab.outside.route("10.1.0.0/16", via: "192.0.2.1")
            try lab.node.add(part(.udp, hostIP: "192.0.2.1"), for: one)
            try lab.node.add(part(.udp, hostIP: "192.0.2.10"), for: other)
            _ = try lab.outside.ask(.udp, .node(.v4, 8080))
            _ = try lab.outside.ask(.udp, try AddressAndPort(validating: "192.0.2.10:8080"))
            // The port's number in a flow through the node, and the pod's own port asked directly.
            let passing = try #require(one.host)
            _ = try passing.ask(.udp, try AddressAndPort(validating: "192.0.2.2:8080"))
            _ = try lab.outside.ask(.udp, AddressAndPort(try one.address(.v4), 80))
            #expect(try flows(lab.node, .udp).count == 4)
            let others: Set = [
                "192.0.2.2 to 192.0.2.10 port 8080, answers from 10.1.0.3",
                "10.1.0.2 to 192.0.2.2 port 8080, answers from 192.0.2.2",
                "192.0.2.2 to 10.1.0.2 port 80, answers from 10.1.0.2",
            ]
            try lab.node.remove(HostPortPart.self, for: one)
            #expect(try flows(lab.node, .udp) == others)
            try lab.node.add(part(.udp, hostIP: "192.0.2.1"), for: one)
            #expect(try flows(lab.node, .udp) == others)
            extendLifetime(servers + [distant])
        }
    }

    @Test("a flow through the node to a port of that number elsewhere survives ADD and DEL")
    func passing() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let (pod, neighbour) = (try lab.pod(1), try lab.routedPod(2))
            let servers = [
                try lab.outside.serve(.udp, 8080), try #require(neighbour.host).serve(.udp, 8080),
            ]
            try lab.outside.route("10.1.0.0/16", via: "192.0.2.1")
            // Flows are tracked once a rule asks about them.
            try lab.node.add(part(.sctp), for: neighbour)
            let client = try #require(pod.host)
            _ = try client.ask(.udp, try AddressAndPort(validating: "192.0.2.2:8080"))
            _ = try client.ask(.udp, AddressAndPort(try neighbour.address(.v6), 8080))
            let before = try flows(lab.node, .udp)
            #expect(before.count == 2)
            try lab.node.add(part(.udp), for: pod)
            #expect(try flows(lab.node, .udp) == before)
            try lab.node.remove(HostPortPart.self, for: pod)
            #expect(try flows(lab.node, .udp) == before)
            extendLifetime(servers)
        }
    }

    @Test("GC forgets the flows of lost pods, and a range's flows all go")
    func garbage() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let servers = try ([80, 81] as [Port]).map { try #require(pod.host).serve(.udp, $0) }
            let range = #"{"hostPort": 8080, "containerPort": 80, "protocol": "UDP", "range": 2}"#
            try lab.node.add(HostPortPart(.publishing(range)), for: pod)
            for port in [8080, 8081] as [Port] {
                _ = try lab.outside.ask(.udp, .node(.v6, port))
            }
            #expect(try flows(lab.node, .udp).count == 2)
            try lab.node.run {
                try HostPortPart.collectGarbage(of: NetworkConfiguration(""), keeping: [])
            }
            #expect(try flows(lab.node, .udp) == [])
            extendLifetime(servers)
        }
    }

    @Test("TCP connections are left to their ends")
    func streams() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let server = try #require(pod.host).serve(.tcp, 80)
            try lab.node.add(part(.tcp), for: pod)
            let conversation = try lab.outside.converse(.tcp, with: .node(.v4, 8080))
            _ = try conversation.ask("before")
            try lab.node.add(part(.tcp), for: pod)
            #expect(try conversation.ask("after").text == "after")
            extendLifetime(server)
        }
    }
}
