import NFTables
import Network
import TestSupport
import Testing

@testable import Agent

@Suite("The table inet weft-agent", .requiresRoot)
struct PodTrafficTests {
    private let nodes = ClusterNodes(snapshot(TrafficLab.objects), own: "a")

    private func table(_ host: Host) throws -> String {
        try host.nft("list table inet weft-agent\n")
    }

    private func generation(_ host: Host) throws -> UInt32 {
        try host.run {
            var ruleset = try KernelRuleset()
            return try ruleset.generation()
        }
    }

    @Test func `nothing changes for the same nodes, nor when an agent takes over from another`()
        throws
    {
        try withLab { lab in
            let host = try lab.host("a")
            try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                #expect(try traffic.update(nodes, tunnels: TrafficLab.tunnels) > 0)
            }
            let before = try generation(host)
            let changes = try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                return [
                    try traffic.update(nodes, tunnels: TrafficLab.tunnels),
                    try traffic.update(nodes, tunnels: TrafficLab.tunnels), try traffic.verify(),
                ]
            }
            #expect(changes == [0, 0, 0])
            #expect(try generation(host) == before)
        }
    }

    @Test func `a node that comes or goes is its elements, and no rule`() throws {
        try withLab { lab in
            let host = try lab.host("a")
            let more = ClusterNodes(
                snapshot(TrafficLab.objects + [numberedNode("c", 3)]), own: "a")
            let counts = try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                return try [nodes, more, nodes].map {
                    try traffic.update($0, tunnels: TrafficLab.tunnels)
                }
            }
            #expect(counts[1...] == [4, 4])
        }
    }

    @Test func `a cluster that does not know this node any more leaves its pods their way out`()
        throws
    {
        try withLab { lab in
            let host = try lab.host("a")
            let without = ClusterNodes(snapshot([numberedNode("b", 2)]), own: "a")
            let counts = try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                _ = try traffic.update(nodes, tunnels: [])
                let gone = try traffic.update(without, tunnels: [])
                var next = try PodTraffic(PodTrafficSettings())
                return [gone, try next.update(without, tunnels: []), try next.verify()]
            }
            #expect(counts == [4, 0, 0])
            #expect(try host.nft("list set inet weft-agent own-pods-ip\n").contains("10.244.1.0"))
        }
    }

    @Test func `nft lists the table so that it can be loaded again`() throws {
        try withLab { lab in
            let (host, other) = (try lab.host("a"), try lab.host("other"))
            try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                _ = try traffic.update(nodes, tunnels: TrafficLab.tunnels)
            }
            let text = try table(host)
            try other.nft(text)
            #expect(try table(other) == text)
            #expect(text.contains("224.0.0.0/4") && text.contains("ff00::/8"))
        }
    }

    @Test(arguments: [
        "delete table inet weft-agent",
        "flush chain inet weft-agent leaving",
        "flush set inet weft-agent pods-ip",
        "delete element inet weft-agent nodes-ip6 { 2001:db8::2 }",
        "add element inet weft-agent own-pods-ip { 10.9.0.0/16 }",
        "insert rule inet weft-agent tunnel-input accept",
        "add chain inet weft-agent another",
        "add set inet weft-agent another { type mark; }",
        "add table inet weft-agent { flags dormant; }",
        "delete chain inet weft-agent tunnel-forward",
    ])
    func `what somebody else did to the table is repaired`(damage: String) throws {
        try withLab { lab in
            let host = try lab.host("a")
            var traffic = try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                _ = try traffic.update(nodes, tunnels: TrafficLab.tunnels)
                return traffic
            }
            let before = try table(host)
            try host.nft("\(damage)\n")
            #expect(try traffic.verify() > 0)
            #expect(try table(host) == before)
            #expect(try traffic.verify() == 0)
        }
    }

    @Test func `a change of nodes finds its way although the table is gone`() throws {
        try withLab { lab in
            let host = try lab.host("a")
            var traffic = try host.run {
                var traffic = try PodTraffic(PodTrafficSettings())
                _ = try traffic.update(nodes, tunnels: [])
                return traffic
            }
            try host.nft("delete table inet weft-agent\n")
            let fewer = ClusterNodes(snapshot([numberedNode("a", 1)]), own: "a")
            #expect(try traffic.update(fewer, tunnels: []) > 0)
            #expect(try !table(host).contains("10.244.2.0"))
            #expect(try table(host).contains("10.244.1.0"))
        }
    }
}
