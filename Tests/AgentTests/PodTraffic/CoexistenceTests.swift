import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import Agent
@testable import CNI

@Suite("Three tables that masquerade do not fight", .requiresRoot)
struct CoexistenceTests {
    /// What the plugin adds for a pod where a conflist has `ipMasq`.
    private func masquerade(_ lab: TrafficLab) throws {
        let document = #"{"cniVersion":"1.1.0","name":"weft","type":"weft-cni","ipMasq":true}"#
        let configuration = try NetworkConfiguration(JSONValue(parsing: document.utf8.span))
        let call = PodCall(
            Attachment(
                network: "weft", containerID: "c1",
                interface: try InterfaceName(validating: "eth0")), namespacePath: nil)
        try lab.node.run {
            var result = NetworkResult()
            result.addresses = try ["10.244.1.2/24", "fd00:244:1::2/64"].map {
                NetworkResult.Address(try CIDR(validating: $0))
            }
            try MasqueradePart(configuration).add(call, to: &result)
        }
    }

    private func address(_ v4: String, _ v6: String, _ family: IPFamily) throws -> AddressAndPort {
        try AddressAndPort(validating: family == .v4 ? v4 : v6)
    }

    @Test("in whichever order they came", arguments: IPFamily.allCases, [true, false])
    func plugin(_ family: IPFamily, isFirst: Bool) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            if isFirst { try masquerade(lab) }
            try lab.install()
            if !isFirst { try masquerade(lab) }
            let server = try lab.outside.serve(.tcp, 80)
            let outside = try address("192.0.2.9:80", "[2001:db8::9]:80", family)
            let reply = try lab.pod.ask(.tcp, outside)
            #expect(
                try reply.client.address
                    == address("192.0.2.1:1", "[2001:db8::1]:1", family).address)
            withExtendedLifetime(server) {}
        }
    }

    @Test("and what a proxy marked is the proxy's", arguments: IPFamily.allCases)
    func proxy(_ family: IPFamily) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            try lab.install()
            // As weft proxy does: before others, and the mark is gone afterwards.
            try lab.node.nft(
                """
                table inet proxy {
                    chain one {
                        type filter hook prerouting priority -150;
                        meta mark set meta mark | 0x4000
                    }
                    chain two {
                        type nat hook postrouting priority 99;
                        meta mark & 0x4000 != 0 meta mark set meta mark ^ 0x4000 masquerade
                    }
                }

                """)
            let server = try lab.otherPod.serve(.udp, 80)
            let pod = try address("10.244.2.2:80", "[fd00:244:2::2]:80", family)
            let reply = try lab.pod.ask(.udp, pod)
            #expect(
                try reply.client.address
                    == address("192.0.2.1:1", "[2001:db8::1]:1", family).address)
            withExtendedLifetime(server) {}
        }
    }
}
