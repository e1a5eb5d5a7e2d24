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

    private func target(_ family: IPFamily, _ port: Port = 8080) throws -> AddressAndPort {
        AddressAndPort(
            try IPAddress(validating: PortLab.nodeAddresses[family == .v4 ? 0 : 1]), port)
    }

    private func part(_ transport: TransportProtocol, _ keys: String = "") throws -> HostPortPart {
        try HostPortPart(
            .publishing(
                #"{"hostPort": 8080, "containerPort": 80, "protocol": "\#(transport.lowercaseName)"}"#,
                keys: keys))
    }

    @Test("a client outside reaches the pod, which sees its address", arguments: cases)
    func outside(_ transport: TransportProtocol, _ family: IPFamily) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let server = try #require(pod.host).serve(transport, 80)
            try lab.node.add(part(transport), for: pod)
            let reply = try lab.outside.ask(transport, target(family))
            #expect(reply.server == "pod1")
            #expect("\(reply.client.address)" == (family == .v4 ? "192.0.2.2" : "2001:db8::2"))
            extendLifetime(server)
        }
    }
}
