import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("Routing 127.0.0.1 to pods opens no way in", .requiresRoot)
struct LoopbackGuardTests {
    /// Sends from a pod, over the wire, to the node's 127.0.0.1.
    private func intrude(_ lab: PortLab, from pod: PortPod) throws {
        let host = try #require(pod.host)
        // A pod may arrange its own namespace as it likes.
        try host.ip("route del local 127.0.0.0/8 dev lo table local")
        try host.ip("route del local 127.0.0.1 dev lo table local")
        try host.ip("route add 127.0.0.0/8 via 10.1.0.1")
        try host.run { try Sysctl("net.ipv4.conf.all.route_localnet").write("1") }
        let target = try AddressAndPort(validating: "127.0.0.1:9999")
        let local = AddressAndPort(try pod.address(.v4), 4000)
        _ = try? host.ask(.udp, target, from: local, within: .milliseconds(300))
    }

    /// Whether the node heard it: tracking comes after the guard.
    private func hasHeard(_ lab: PortLab) throws -> Bool {
        var socket = try ConntrackSocket(in: lab.node.namespace)
        let filter = ConntrackFilter(
            .v4, original: .init(.udp, sourcePort: 4000, destinationPort: 9999))
        return try !socket.connections(filter).isEmpty
    }

    @Test("a pod cannot reach the node's 127.0.0.1, which it could without the guard")
    func intruder() throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let (pod, intruder) = (try lab.pod(1), try lab.pod(2))
            let part = try HostPortPart(.publishing(.mapping(8080, to: 80)))
            try lab.node.add(part, for: pod)
            try intrude(lab, from: intruder)
            #expect(try !hasHeard(lab))
            try lab.node.nft("flush chain inet weft-cni loopback-guard\n")
            let second = try lab.pod(3)
            try intrude(lab, from: second)
            #expect(try hasHeard(lab))
        }
    }
}
