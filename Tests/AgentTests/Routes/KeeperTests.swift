import Agent
@testable import Kubernetes
import Netlink
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A route keeper` {
    @Test(arguments: [RouteSettings.Mode.direct, .vxlan, .auto])
    func `R6: one that starts again and finds all right says nothing to the kernel`(
        mode: RouteSettings.Mode
    ) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: mode == .direct ? 0 : 1)
            try cluster.start(RouteSettings(mode: mode))
            try cluster.update()
            for node in cluster.nodes {
                node.stop()
                var monitor = try Monitor<RouteEvent>(
                    .links, .addresses4, .addresses6, .routes4, .routes6, .neighbours,
                    in: node.host.namespace)
                try node.start(RouteSettings(mode: mode))
                let outcome = try node.update(cluster.objects)
                #expect(outcome.changes == 0 && outcome.errors.isEmpty)
                #expect(node.isReady)
                while let events = try monitor.next() {
                    #expect(events.filter(\.isOfRoutes).isEmpty)
                }
            }
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `R3: what was right for a node that went while none ran is removed`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 2)
            try cluster.start(RouteSettings())
            try cluster.update()
            let node = cluster.nodes[0]
            node.stop()
            let rest = [cluster.nodes[0], cluster.nodes[1], cluster.nodes[2]]
            try node.start(RouteSettings())
            let outcome = try node.update(rest.map(\.object))
            #expect(outcome.routes.removed == 2 && outcome.routes.added == 0)
            #expect(outcome.neighbours.removed == 2 && outcome.forwarding.removed == 2)
            let routes = try node.routes()
            #expect(!routes.contains { $0.contains("244.4.") || $0.contains("244:4:") })
            try expectMesh(rest)
        }
    }

    @Test func `R2: a node that was made anew has its new networks only`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 1)
            try cluster.start(RouteSettings())
            try cluster.update()
            var objects = cluster.objects
            objects[2] = node("n3", ["10.250.3.0/24"], [("InternalIP", "198.51.100.3")])
            let outcome = try cluster.nodes[0].update(objects)
            #expect(outcome.routes.added == 1 && outcome.routes.removed == 2)
            let routes = try cluster.nodes[0].routes()
            #expect(routes.contains("10.250.3.0/24 via 10.250.3.0 dev weft.vxlan onlink"))
            #expect(!routes.contains { $0.contains("244.3.") || $0.contains("244:3:") })
            // The tunnel over IPv6 has no use any more.
            #expect(
                try cluster.nodes[0].host.ip("-br link show type vxlan").contains("weft.vxlan "))
            #expect(try !cluster.nodes[0].host.ip("-br link show type vxlan").contains("vxlan6"))
        }
    }

    @Test(arguments: [RouteSettings.Mode.direct, .vxlan])
    func `R4: a node's new address is where its pods are`(mode: RouteSettings.Mode) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 3)
            try cluster.start(RouteSettings(mode: mode))
            try cluster.update()
            let moved = cluster.nodes[1]
            try moved.host.ip("addr del 192.0.2.2/24 dev eth0")
            try moved.host.ip("addr add 192.0.2.77/24 dev eth0")
            try moved.host.ip("route add default via 192.0.2.254")
            moved.object.status.addresses[0].address = "192.0.2.77"
            try cluster.update()
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `R3: a route of somebody else stays, is told, and makes room when it goes`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2)
            let node = cluster.nodes[0]
            try node.host.ip("route add 10.244.2.0/24 via 192.0.2.254")
            try node.host.ip("route add 10.99.0.0/16 via 192.0.2.254 metric 7")
            try cluster.start(RouteSettings())
            let outcome = try cluster.update()[0]
            #expect(
                outcome.conflicts.map(\.description).first?.hasPrefix(
                    "the route to 10.244.2.0/24 is not set: there is one of somebody else's "
                        + "(10.244.2.0/32 via 192.0.2.254") == true)
            #expect(outcome.errors.isEmpty)
            #expect(node.isRetrying)
            #expect(try node.host.ip("route").contains("10.244.2.0/24 via 192.0.2.254 dev eth0"))

            _ = try node.readEvents()
            try node.host.ip("route del 10.244.2.0/24 via 192.0.2.254")
            let mended = try node.mend()
            #expect(mended.conflicts.isEmpty && mended.routes.added == 1)
            #expect(!node.isRetrying)
            #expect(try node.host.ip("route").contains("10.99.0.0/16 via 192.0.2.254 dev eth0"))
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `another mode takes over what an earlier one has made`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 3)
            for mode in [RouteSettings.Mode.vxlan, .direct, .vxlan, .auto] {
                try cluster.start(RouteSettings(mode: mode))
                for outcome in try cluster.update() { #expect(outcome.errors.isEmpty) }
                try expectMesh(cluster.nodes)
                let links = try cluster.nodes[0].host.ip("-br link show type vxlan")
                #expect(links.isEmpty == (mode != .vxlan))
            }
            try cluster.start(RouteSettings(mode: .none))
            try cluster.update()
            for node in cluster.nodes {
                #expect(try node.routes().isEmpty)
                #expect(node.isReady && node.podMTU == 1500)
            }
        }
    }

    @Test func `R12: without a Node object of its own it changes nothing`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2)
            try cluster.start(RouteSettings())
            try cluster.update()
            let node = cluster.nodes[0]
            let before = try node.routes()
            let outcome = try node.update([])
            #expect(outcome.requests == 0)
            #expect(
                outcome.findings.map(\.description) == [
                    "this node: the cluster has no Node object of its name; routes stay as they are"
                ])
            #expect(try node.routes() == before)
        }
    }

    @Test func `R3: what stood in the way goes with its link too`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2)
            let node = cluster.nodes[0]
            // As flannel has it.
            try node.host.ip("link add flannel.1 type vxlan id 1 dstport 8472 local 192.0.2.1")
            try node.host.ip("link set flannel.1 up")
            try node.host.ip("route add 10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink")
            try cluster.start(RouteSettings())
            #expect(try cluster.update()[0].conflicts.count == 1)
            _ = try node.readEvents()
            try node.host.ip("link del flannel.1")
            #expect(try node.mend().conflicts.isEmpty)
            try expectMesh(cluster.nodes)
        }
    }

    @Test func `R5: addresses that no pod has lead nowhere, unless a bridge has their network`()
        throws
    {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1)
            let node = cluster.nodes[0]
            let unused = ["10.244.1.9", "fd00:244:1::9"]
            for address in unused {
                #expect(try node.host.ip("route get \(address)").contains("eth0"))
            }
            try cluster.start(RouteSettings())
            try cluster.update()
            for address in unused {
                #expect(throws: LabError.self) { try node.host.ip("route get \(address)") }
            }
            for address in node.podAddresses {
                #expect(try node.host.ip("route get \(address)").contains("dev weft0"))
            }
            try node.host.ip("link add cni0 type bridge")
            try node.host.ip("link set cni0 up")
            try node.host.ip("addr add 10.244.1.1/24 dev cni0")
            try node.host.ip("addr add fd00:244:1::1/64 dev cni0 nodad")
            for address in unused {
                #expect(try node.host.ip("route get \(address)").contains("dev cni0"))
            }
            #expect(try node.verify().changes == 0)
        }
    }

    @Test func `R11: what the kernel must allow for is allowed`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 1)
            try cluster.start(RouteSettings(mode: .vxlan))
            try cluster.update()
            let expected = [
                ("net/ipv4/ip_forward", "1"), ("net/ipv6/conf/all/forwarding", "1"),
                // Its default route came from a router, and is to stay.
                ("net/ipv6/conf/eth0/accept_ra", "2"),
                ("net/ipv4/conf/weft.vxlan/rp_filter", "2"),
                ("net/ipv6/conf/weft.vxlan/accept_ra", "0"),
                ("net/ipv6/conf/weft.vxlan/autoconf", "0"),
                ("net/ipv4/conf/weft.vxlan6/rp_filter", "2"),
            ]
            for (name, value) in expected {
                let held = try cluster.nodes[0].host.run { try Sysctl(name).read() }
                #expect(held == value, "\(name)")
            }
        }
    }
}

extension RouteEvent {
    /// Whether it is about what a route keeper makes; neighbours that hosts ask for are not.
    fileprivate var isOfRoutes: Bool {
        if case .neighbour(_, let neighbour) = self { return neighbour.state.contains(.permanent) }
        return true
    }
}
