import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("Host ports carry traffic", .requiresRoot)
struct HostPortTrafficTests {
    private static let cases = TransportProtocol.allCases.flatMap { transport in
        IPFamily.allCases.map { (transport, $0) }
    }

    private func part(_ transport: TransportProtocol, _ keys: String = "") throws -> HostPortPart {
        try HostPortPart(.publishing(.mapping(8080, to: 80, transport), keys: keys))
    }

    @Test("a client outside reaches the pod, which sees its address", arguments: cases)
    func outside(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let server = try #require(pod.host).serve(transport, 80)
            try lab.node.add(part(transport), for: pod)
            let reply = try lab.outside.ask(transport, .node(family, 8080))
            #expect(reply.server == "pod1")
            #expect("\(reply.client.address)" == (family == .v4 ? "192.0.2.2" : "2001:db8::2"))
            extendLifetime(server)
        }
    }

    @Test("a pod reaches itself and its neighbour through the node's port", arguments: cases)
    func hairpin(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let (pod, neighbour) = (try lab.pod(1), try lab.pod(2))
            let server = try #require(pod.host).serve(transport, 80)
            try lab.node.add(part(transport), for: pod)
            for client in [pod, neighbour] {
                let reply = try #require(client.host).ask(transport, .node(family, 8080))
                #expect(reply.server == "pod1")
                // Its own or the neighbour's address would be answered past the node.
                #expect("\(reply.client.address)" == (family == .v4 ? "10.1.0.1" : "fd00:10:1::1"))
            }
            extendLifetime(server)
        }
    }

    @Test("a pod without a bridge reaches itself; others keep their address", arguments: cases)
    func routedHairpin(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let (pod, neighbour) = (try lab.routedPod(1), try lab.routedPod(2))
            let host = try #require(pod.host)
            let server = try host.serve(transport, 80)
            try lab.node.add(part(transport), for: pod)
            let own = try host.ask(transport, .node(family, 8080))
            #expect(own.server == "pod1")
            #expect(try own.client.address != pod.address(family))
            let other = try #require(neighbour.host).ask(transport, .node(family, 8080))
            #expect(try other.client.address == neighbour.address(family))
            extendLifetime(server)
        }
    }

    @Test("the node reaches the pod by its own addresses, and by 127.0.0.1", arguments: cases)
    func fromNode(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let server = try #require(pod.host).serve(transport, 80)
            try lab.node.add(part(transport), for: pod)
            #expect(try lab.node.ask(transport, .node(family, 8080)).server == "pod1")
            if family == .v4 {
                let local = try AddressAndPort(validating: "127.0.0.1:8080")
                #expect(try lab.node.ask(transport, local).server == "pod1")
            }
            extendLifetime(server)
        }
    }

    @Test("127.0.0.1 leads to pods without a bridge too")
    func localhostRouted() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.routedPod(1)
            let server = try #require(pod.host).serve(.tcp, 80)
            try lab.node.add(part(.tcp), for: pod)
            let local = try AddressAndPort(validating: "127.0.0.1:8080")
            #expect(try lab.node.ask(.tcp, local).server == "pod1")
            extendLifetime(server)
        }
    }

    @Test("::1 stays the node's, because answers to it from a pod would be dropped")
    func ipv6Loopback() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            try lab.node.add(part(.tcp), for: pod)
            let server = try lab.node.serve(.tcp, 8080)
            let local = try AddressAndPort(validating: "[::1]:8080")
            #expect(try lab.node.ask(.tcp, local).server == "node")
            extendLifetime(server)
        }
    }

    @Test("masqAll hides every client, and snat false none", arguments: IPFamily.allCases)
    func masquerading(_ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let (all, none) = (try lab.pod(1), try lab.pod(2))
            let servers = try [all, none].map { try #require($0.host).serve(.tcp, 80) }
            try lab.node.add(part(.tcp, #""masqAll": true"#), for: all)
            let mapping = String.mapping(8081, to: 80, .tcp)
            let hiding = try HostPortPart(.publishing(mapping, keys: #""snat": false"#))
            try lab.node.add(hiding, for: none)
            let first = try lab.outside.ask(.tcp, .node(family, 8080))
            #expect("\(first.client.address)" == (family == .v4 ? "10.1.0.1" : "fd00:10:1::1"))
            let second = try lab.outside.ask(.tcp, .node(family, 8081))
            #expect("\(second.client.address)" == (family == .v4 ? "192.0.2.2" : "2001:db8::2"))
            extendLifetime(servers)
        }
    }

    @Test("snat false leaves 127.0.0.1 to the node and sets nothing on its links")
    func withoutTranslation() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let setting = Sysctl("net.ipv4.conf.cni0.route_localnet")
            try lab.node.add(part(.tcp, #""snat": false"#), for: pod)
            #expect(try lab.node.run { try setting.read() } == "0")
            try lab.node.add(part(.tcp), for: pod)
            #expect(try lab.node.run { try setting.read() } == "1")
        }
    }

    @Test("hostIP gives one address of the node to the pod, and leaves the others")
    func hostAddress() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            try lab.node.ip("addr add 192.0.2.10/24 dev wan0")
            let pods = [try lab.pod(1), try lab.pod(2)]
            let servers = try pods.map { try #require($0.host).serve(.tcp, 80) }
            for (pod, address) in zip(pods, ["192.0.2.1", "192.0.2.10"]) {
                let mapping = String.mapping(8080, to: 80, .tcp, hostIP: address)
                try lab.node.add(HostPortPart(.publishing(mapping)), for: pod)
                let target = try AddressAndPort(validating: "\(address):8080")
                #expect(try lab.outside.ask(.tcp, target).server == pod.host?.name)
            }
            #expect(throws: PlatformError.self) {
                try lab.outside.ask(.tcp, .node(.v6, 8080), within: .seconds(2))
            }
            extendLifetime(servers)
        }
    }

    @Test("a range leads each port to the pod's port at the same place")
    func range() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let mapping = #"{"hostPort": 9000, "containerPort": 80, "range": 3}"#
            let ports = [80, 81, 82] as [Port]
            let servers = try ports.map {
                try #require(pod.host).serve(.tcp, $0, as: "port\($0)")
            }
            try lab.node.add(HostPortPart(.publishing(mapping)), for: pod)
            for (port, name) in zip([9000, 9001, 9002] as [Port], ["port80", "port81", "port82"]) {
                #expect(try lab.outside.ask(.tcp, .node(.v4, port)).server == name)
            }
            extendLifetime(servers)
        }
    }

    @Test("a direct connection to a pod keeps its source, whatever port it goes to")
    func directConnection() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let (pod, neighbour) = (try lab.routedPod(1), try lab.routedPod(2))
            // The pod's own port has the number of the host port.
            let server = try #require(pod.host).serve(.tcp, 8080)
            let mapping = String.mapping(8080, to: 8080, .tcp)
            let part = try HostPortPart(.publishing(mapping, keys: #""masqAll": true"#))
            try lab.node.add(part, for: pod)
            let target = AddressAndPort(try pod.address(.v4), 8080)
            let reply = try #require(neighbour.host).ask(.tcp, target)
            #expect(try reply.client.address == neighbour.address(.v4))
            extendLifetime(server)
        }
    }
}
