import Agent
@testable import Kubernetes
import Network
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Tunnels` {
    @Test(arguments: [
        "link del weft.vxlan", "link set weft.vxlan down",
        "link set weft.vxlan address 02:00:00:00:00:99", "link set weft.vxlan mtu 1300",
        "addr flush dev weft.vxlan", "route flush proto 87 table main via 10.244.3.0",
    ])
    func `R6: what somebody does to a tunnel is undone`(command: String) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 1)
            try cluster.start(RouteSettings())
            try cluster.update()
            let node = cluster.nodes[0]
            #expect(try !node.readEvents())
            try node.host.ip(command)
            let outcome = try node.mend()
            #expect(outcome.errors.isEmpty)
            #expect(try !node.readEvents())
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `R6: a tunnel of ours that cannot be mended is made again`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1, far: 1)
            for node in cluster.nodes {
                try node.host.ip("link add weft.vxlan type vxlan id 5 dstport 4789 local 192.0.2.9")
                try node.host.ip("link set weft.vxlan alias weft:tunnel")
            }
            try cluster.start(RouteSettings())
            for outcome in try cluster.update() {
                #expect(outcome.tunnels.replaced == 1 && outcome.tunnels.added == 1)
            }
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `a link of somebody else keeps its name, and only one family suffers`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1, far: 1)
            let node = cluster.nodes[0]
            try node.host.ip("link add weft.vxlan type vxlan id 5 dstport 4789 local 192.0.2.9")
            try cluster.start(RouteSettings())
            let outcome = try cluster.update()[0]
            #expect(
                outcome.errors[.v4]?.map(\.description) == [
                    "cannot make the tunnel weft.vxlan: a link of somebody else has the name: "
                        + "rename or remove it"
                ])
            #expect(outcome.errors[.v6] == nil)
            #expect(!node.isReady)
            #expect(try node.host.ip("-d link show weft.vxlan").contains("vxlan id 5"))
            try expectMesh(cluster.nodes, families: [1])
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `R8: both families of pods go over the only family of nodes`(family: IPFamily) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 1)
            let kept = family == .v4 ? 0 : 1
            for node in cluster.nodes {
                node.object.status.addresses = [node.object.status.addresses[kept]]
            }
            try cluster.start(RouteSettings(mode: .vxlan))
            for outcome in try cluster.update() {
                #expect(outcome.tunnels.added == 1 && outcome.errors.isEmpty)
            }
            try expectMesh(cluster.nodes)
            #expect(cluster.nodes[0].podMTU == (kept == 0 ? 1450 : 1430))
        }
    }

    @Test func `R7: packets become smaller with the network between the nodes`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1, far: 1)
            try cluster.start(RouteSettings())
            try cluster.update()
            let node = cluster.nodes[0]
            #expect(node.podMTU == 1430)
            #expect(try !node.readEvents())
            try node.host.ip("link set eth0 mtu 1400")
            let outcome = try node.mend()
            #expect(outcome.tunnels.replaced == 2 && outcome.routes.count == 0)
            #expect(node.podMTU == 1330)
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `cleaning up removes what keepers made, and nothing else`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 1)
            let node = cluster.nodes[0]
            let before = try Self.everything(of: node)
            try cluster.start(RouteSettings())
            try cluster.update()
            let told = try node.host.run { try RouteKeeper.removeAll(onlyTelling: true) }
            let removed = try node.host.run { try RouteKeeper.removeAll() }
            #expect(told == removed)
            #expect(
                removed == [
                    "route blackhole 10.244.1.0/24",
                    "route 10.244.2.0/24 via 192.0.2.2 dev eth0",
                    "route 10.244.3.0/24 via 10.244.3.0 dev weft.vxlan",
                    "route blackhole fd00:244:1::/64",
                    "route fd00:244:2::/64 via 2001:db8:a::2 dev eth0",
                    "route fd00:244:3::/64 via fe80::9819:25ff:fef7:6947 dev weft.vxlan6",
                    "link weft.vxlan", "link weft.vxlan6",
                ])
            #expect(try Self.everything(of: node) == before)
            #expect(try node.host.run { try RouteKeeper.removeAll() }.isEmpty)
        }
    }

    /// Links and routes, among these the routes to the pod.
    private static func everything(of node: LabNode) throws -> [String] {
        try ["-br link", "-4 route", "-6 route", "neigh show nud permanent"].map {
            try node.host.ip($0)
        }
    }
}
