import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("The suite's table stands beside others' rules", .requiresRoot)
struct CoexistenceTests {
    private func part() throws -> HostPortPart {
        try HostPortPart(.publishing(.mapping(8080, to: 80)))
    }

    private func masquerade() throws -> MasqueradePart {
        try MasqueradePart(NetworkConfiguration(#""ipMasq": true"#))
    }

    /// Asks through the host port, and from the pod to the outside.
    private func expectTraffic(
        _ lab: PortLab, _ pod: PortPod, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let reply = try lab.outside.ask(.tcp, .node(.v4, 8080))
        #expect(reply.server == "pod1", sourceLocation: location)
        let outside = try AddressAndPort(validating: "192.0.2.2:80")
        let seen = try #require(pod.host).ask(.tcp, outside).client.address
        #expect("\(seen)" == "192.0.2.1", sourceLocation: location)
    }

    private func withTraffic(_ body: (PortLab) throws -> Void) throws {
        try withLab { lab in
            let lab = try PortLab(lab)
            let pod = try lab.pod(1)
            let servers = [
                try #require(pod.host).serve(.tcp, 80), try lab.outside.serve(.tcp, 80),
            ]
            try lab.node.add(part(), for: pod)
            try lab.node.add(masquerade(), for: pod)
            try body(lab)
            try expectTraffic(lab, pod)
            try lab.node.check(part(), for: pod)
            try lab.node.check(masquerade(), for: pod)
            try lab.node.remove(HostPortPart.self, for: pod)
            try lab.node.remove(MasqueradePart.self, for: pod)
            #expect(try !lab.node.ruleset.contains("weft-cni"))
            extendLifetime(servers)
        }
    }

    @Test("a firewall that reloads its own table, as firewalld does, leaves ours alone")
    func firewall() throws {
        let rules = """
            table inet firewalld
            flush table inet firewalld
            table inet firewalld {
                chain filter_INPUT {
                    type filter hook input priority 10; policy accept;
                    ct state { established, related } accept
                    ct status dnat accept
                    iifname "lo" accept
                    icmpv6 type { nd-neighbor-advert, nd-neighbor-solicit } accept
                    reject with icmpx admin-prohibited
                }
                chain filter_FORWARD {
                    type filter hook forward priority 10; policy accept;
                    ct state { established, related } accept
                    ct status dnat accept
                    iifname "cni0" accept
                    reject with icmpx admin-prohibited
                }
                chain nat_POSTROUTING {
                    type nat hook postrouting priority 110; policy accept;
                    oifname "unused0" masquerade
                }
            }

            """
        try withTraffic { lab in
            for _ in 1...2 { try lab.node.nft(rules) }
        }
    }

    @Test("iptables' tables are flushed and restored around ours", .requires("iptables-nft"))
    func iptables() throws {
        let restore = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :DOCKER - [0:0]
            -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            -A DOCKER -p tcp --dport 9090 -j DNAT --to-destination 172.17.0.2:90
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -j ACCEPT
            -A FORWARD -i cni0 -j ACCEPT
            COMMIT

            """
        try withTraffic { lab in
            for _ in 1...2 {
                try lab.node.command("iptables-nft-restore", [], input: restore)
            }
            try lab.node.command("iptables-nft", ["-t", "nat", "-F"])
            try lab.node.command("iptables-nft-restore", [], input: restore)
        }
    }

    @Test("a service proxy of kube-proxy's shape serves beside ours, before and after it")
    func serviceProxy() throws {
        for isFirst in [true, false] {
            try withLab { lab in
                let lab = try PortLab(lab)
                let (pod, client) = (try lab.pod(1), try lab.routedPod(2))
                let servers = [
                    try #require(pod.host).serve(.tcp, 80), try lab.outside.serve(.tcp, 80),
                ]
                if isFirst { try lab.node.nft(Self.kubeProxy) }
                try lab.node.add(part(), for: pod)
                try lab.node.add(masquerade(), for: pod)
                if !isFirst { try lab.node.nft(Self.kubeProxy) }
                try expectTraffic(lab, pod)
                // The service's port is the host port: only its own rules are to count.
                let service = try AddressAndPort(validating: "10.96.0.10:8080")
                let reply = try #require(client.host).ask(.tcp, service)
                #expect(reply.server == "pod1")
                #expect(try reply.client.address == client.address(.v4))
                let nodePort = try lab.outside.ask(.tcp, .node(.v4, 30080))
                #expect(nodePort.server == "pod1")
                extendLifetime(servers)
            }
        }
    }

    /// A ClusterIP and a node port as kube-proxy 1.31 writes them, mark and all.
    private static let kubeProxy = """
        table ip kube-proxy {
            map service-ips {
                type ipv4_addr . inet_proto . inet_service : verdict
                elements = { 10.96.0.10 . tcp . 8080 : goto service-a }
            }
            map service-nodeports {
                type inet_proto . inet_service : verdict
                elements = { tcp . 30080 : goto external-a }
            }
            chain services {
                ip daddr . meta l4proto . th dport vmap @service-ips
                fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap \
        @service-nodeports
            }
            chain external-a {
                meta mark set meta mark | 0x4000
                goto service-a
            }
            chain service-a {
                meta l4proto tcp dnat to 10.1.0.2:80
            }
            chain nat-prerouting {
                type nat hook prerouting priority dstnat; policy accept;
                jump services
            }
            chain nat-output {
                type nat hook output priority -100; policy accept;
                jump services
            }
            chain nat-postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                meta mark & 0x4000 == 0 return
                meta mark set meta mark ^ 0x4000
                masquerade fully-random
            }
        }

        """
}

extension Trait where Self == ConditionTrait {
    /// The test drives a program of another package.
    fileprivate static func requires(_ program: String) -> Self {
        .enabled("needs \(program)") {
            ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].contains { directory in
                (try? File.status("\(directory)/\(program)")) != nil
            }
        }
    }
}
