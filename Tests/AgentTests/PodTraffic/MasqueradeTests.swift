import Network
import TestSupport
import Testing

@testable import Agent

@Suite("R10: what pods send out of the cluster has their node's address", .requiresRoot)
struct MasqueradeTests {
    private static let transports = [TransportProtocol.tcp, .udp]

    /// A machine and whether a pod of node a is seen there by its own address.
    private static let cases: [(TransportProtocol, IPFamily, String, Bool)] =
        transports.flatMap { transport in
            IPFamily.allCases.flatMap { family in
                [("outside", false), ("b", true), ("other-pod", true)].map {
                    (transport, family, $0, $1)
                }
            }
        }

    private func target(_ name: String, _ family: IPFamily) throws -> AddressAndPort {
        let addresses = [
            "outside": ("192.0.2.9:80", "[2001:db8::9]:80"),
            "b": ("192.0.2.2:80", "[2001:db8::2]:80"),
            "other-pod": ("10.244.2.2:80", "[fd00:244:2::2]:80"),
        ]
        let pair = try #require(addresses[name])
        return try AddressAndPort(validating: family == .v4 ? pair.0 : pair.1)
    }

    private func source(_ family: IPFamily, isOwn: Bool) -> String {
        switch family {
        case .v4: isOwn ? "10.244.1.2" : "192.0.2.1"
        case .v6: isOwn ? "fd00:244:1::2" : "2001:db8::1"
        }
    }

    @Test("by machine", arguments: cases)
    func sources(
        _ transport: TransportProtocol, _ family: IPFamily, _ name: String, _ isOwn: Bool
    ) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            try lab.install()
            let hosts = [lab.outside, lab.peer, lab.otherPod]
            let servers = try hosts.map { try $0.serve(transport, 80) }
            let reply = try lab.pod.ask(transport, target(name, family))
            #expect(reply.server == name)
            #expect("\(reply.client.address)" == source(family, isOwn: isOwn))
            withExtendedLifetime(servers) {}
        }
    }

    @Test(
        "networks that are excluded, and packets that the proxy marked, keep pods' addresses",
        arguments: IPFamily.allCases)
    func exceptions(_ family: IPFamily) throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            var settings = PodTrafficSettings()
            settings.excluded = try ["192.0.2.8/31", "192.0.2.9/32", "2001:db8::/64"].map {
                try CIDR(validating: $0)
            }
            try lab.install(settings)
            let server = try lab.outside.serve(.tcp, 80)
            let asked = try target("outside", family)
            let first = try lab.pod.ask(.tcp, asked)
            #expect("\(first.client.address)" == source(family, isOwn: true))
            try lab.install()
            let second = try lab.pod.ask(.tcp, asked)
            #expect("\(second.client.address)" == source(family, isOwn: false))
            try lab.node.nft(
                """
                table inet marks {
                    chain c {
                        type filter hook prerouting priority -150;
                        meta mark set meta mark | 0x4000
                    }
                }

                """)
            let third = try lab.pod.ask(.tcp, asked)
            #expect("\(third.client.address)" == source(family, isOwn: true))
            withExtendedLifetime(server) {}
        }
    }

    @Test("without masquerading nothing changes its address")
    func switchedOff() throws {
        try withLab { lab in
            let lab = try TrafficLab(lab)
            var settings = PodTrafficSettings()
            settings.masquerades = false
            try lab.install(settings)
            let server = try lab.outside.serve(.tcp, 80)
            let reply = try lab.pod.ask(.tcp, target("outside", .v4))
            #expect("\(reply.client.address)" == source(.v4, isOwn: true))
            withExtendedLifetime(server) {}
        }
    }
}
