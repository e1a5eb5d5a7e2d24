import Kubernetes
import Network
import Testing

@testable import Agent

@Suite struct ClusterNodesTests {
    @Test func `R1: the cluster's own addresses come first, and names are no addresses`() {
        let node = node(
            "a", ["10.244.1.0/24", "fd00:244:1::/64"],
            [
                ("Hostname", "a"), ("ExternalIP", "198.51.100.1"), ("InternalIP", "192.0.2.1"),
                ("ExternalIP", "2001:db8::1"),
            ])
        let nodes = ClusterNodes(snapshot([node]), own: "a")
        #expect(nodes.own?.networks.map(\.description) == ["10.244.1.0/24", "fd00:244:1::/64"])
        #expect(nodes.own?.addresses[.v4]?.description == "192.0.2.1")
        #expect(nodes.own?.addresses[.v6]?.description == "2001:db8::1")
        #expect(nodes.peers.isEmpty)
    }

    @Test func `a node without pod networks has none, and one that is unknown is nil`() {
        let nodes = ClusterNodes(snapshot([node("a", [], [])]), own: "b")
        #expect(nodes.own == nil)
        #expect(nodes.peers.map(\.name) == ["a"])
        #expect(nodes.networks.isEmpty)
    }

    @Test(arguments: [
        ("10.244.1.0/24", "10.244.1.0/24"), ("10.244.1.0/24", "10.244.0.0/16"),
        ("10.244.0.0/16", "10.244.1.0/24"), ("fd00::/48", "fd00:0:0:7::/64"),
    ])
    func `R12: of networks that overlap the older node's counts`(older: String, newer: String) {
        let nodes = ClusterNodes(
            snapshot([
                node("a", [newer, "10.9.0.0/24"], [], created: 20),
                node("b", [older], [], created: 10),
            ]), own: "c")
        #expect(nodes.peers.map { $0.networks.map(\.description) } == [["10.9.0.0/24"], [older]])
        #expect(nodes.findings.map(\.node) == ["a"])
        #expect("\(nodes.findings[0])".contains("overlaps one of node b's"))
    }

    @Test func `what is no network is told and left out`() {
        let nodes = ClusterNodes(snapshot([node("a", ["ten", "10.9.0.0/24"], [])]), own: "a")
        #expect(nodes.own?.networks.map(\.description) == ["10.9.0.0/24"])
        #expect(
            nodes.findings.map(\.description) == [
                "node a: its pod network 'ten' is none, and ignored"
            ])
    }
}
