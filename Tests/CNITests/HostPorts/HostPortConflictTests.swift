import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("A host port has one owner", .requiresRoot)
struct HostPortConflictTests {
    private func part(_ mappings: String...) throws -> HostPortPart {
        try HostPortPart(
            NetworkConfiguration(
                #""runtimeConfig": {"portMappings": [\#(mappings.joined(separator: ","))]}"#))
    }

    private static let all = String.mapping(8080, to: 80)
    private static let one = String.mapping(8080, to: 80, hostIP: "192.0.2.1")
    private static let other = String.mapping(8080, to: 80, hostIP: "192.0.2.9")

    @Test(
        "what another pod has is refused by name, and nothing is changed",
        arguments: [
            (all, all), (all, one), (one, all), (one, one),
            (all, .mapping(8080, to: 81)),
            (all, #"{"hostPort": 8070, "containerPort": 70, "range": 20}"#),
            (#"{"hostPort": 8070, "containerPort": 70, "range": 20}"#, one),
            (.mapping(8080, to: 80, .sctp), .mapping(8080, to: 80, .sctp)),
        ])
    func taken(_ first: String, _ second: String) throws {
        try withLab { lab in
            let node = try lab.host("node")
            let pods = [
                try PortPod("c1", ["10.1.0.2/16", "fd00::2/64"]),
                try PortPod("c2", ["10.1.0.3/16", "fd00::3/64"]),
            ]
            try node.add(part(first), for: pods[0])
            let before = try node.ruleset
            let error = #expect(throws: CNIError.self) {
                try node.add(part(.mapping(9000, to: 90), second), for: pods[1])
            }
            #expect(error?.code == .hostPortTaken)
            #expect(error?.message.contains("8080/") == true)
            #expect(error?.details.contains("pods/c1/eth0") == true)
            #expect(try node.ruleset == before)
            // The first keeps it through the DEL that follows a failed ADD.
            try node.remove(HostPortPart.self, for: pods[1])
            #expect(try node.ruleset == before)
        }
    }

    @Test(
        "other protocols, families and addresses do not conflict",
        arguments: [
            (all, .mapping(8080, to: 80, .udp)), (all, .mapping(8080, to: 80, .sctp)),
            (one, other), (all, .mapping(8081, to: 80)),
            (.mapping(8080, to: 80, hostIP: "0.0.0.0"), .mapping(8080, to: 80, hostIP: "::")),
            (.mapping(8080, to: 80, hostIP: "0.0.0.0"), .mapping(8080, to: 80, hostIP: "fd00::1")),
        ])
    func compatible(_ first: String, _ second: String) throws {
        try withLab { lab in
            let node = try lab.host("node")
            for (number, mapping) in zip([1, 2], [first, second]) {
                let pod = try PortPod("c\(number)", ["10.1.0.\(number)/16", "fd00::\(number)/64"])
                try node.add(part(mapping), for: pod)
                try node.check(part(mapping), for: pod)
            }
        }
    }

    @Test("a pod's own ports are replaced when its addresses are others now")
    func ownChange() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try node.add(part(Self.all, Self.one), for: PortPod("c1", ["10.1.0.2/16"]))
            let moved = try PortPod("c1", ["10.1.0.3/16"])
            try node.add(part(Self.all, Self.one), for: moved)
            try node.check(part(Self.all, Self.one), for: moved)
            try node.remove(HostPortPart.self, for: moved)
            #expect(try node.ruleset == "")
        }
    }

    @Test("a port is free again after the DEL of who had it")
    func freed() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let (one, two) = (
                try PortPod("c1", ["10.1.0.2/16"]), try PortPod("c2", ["10.1.0.3/16"])
            )
            try node.add(part(Self.all), for: one)
            try node.remove(HostPortPart.self, for: one)
            try node.add(part(Self.one), for: two)
            try node.check(part(Self.one), for: two)
        }
    }

    @Test("a pod may have a port of all addresses and another of one of them")
    func ownOverlap() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let servers = [
                try #require(pod.host).serve(.tcp, 80, as: "all"),
                try #require(pod.host).serve(.tcp, 81, as: "one"),
            ]
            try lab.node.ip("addr add 192.0.2.10/24 dev wan0")
            let one = String.mapping(8080, to: 81, hostIP: "192.0.2.10")
            try lab.node.add(part(Self.all, one), for: pod)
            #expect(try lab.outside.ask(.tcp, .node(.v4, 8080)).server == "all")
            let target = try AddressAndPort(validating: "192.0.2.10:8080")
            #expect(try lab.outside.ask(.tcp, target).server == "one")
            extendLifetime(servers)
        }
    }
}
