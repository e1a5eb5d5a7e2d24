import Agent
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Pods of all nodes` {
    @Test func `R4: on one network they reach each other without a tunnel`() throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 3)
            try cluster.start(RouteSettings(mode: .direct))
            for outcome in try cluster.update() {
                #expect(outcome.errors.isEmpty && outcome.findings.isEmpty)
                // Two networks of each of two others, and a blackhole for each of its own.
                #expect(outcome.routes.added == 6)
            }
            try expectMesh(cluster.nodes)
            let routes = try cluster.nodes[0].routes()
            #expect(
                routes == [
                    "10.244.2.0/24 via 192.0.2.2 dev eth0",
                    "10.244.3.0/24 via 192.0.2.3 dev eth0",
                    "blackhole 10.244.1.0/24 metric 4294967295",
                    "blackhole fd00:244:1::/64 dev lo metric 4294967295 pref medium",
                    "fd00:244:2::/64 via 2001:db8:a::2 dev eth0 metric 1024 pref medium",
                    "fd00:244:3::/64 via 2001:db8:a::3 dev eth0 metric 1024 pref medium",
                ])
        }
    }

    @Test(arguments: [RouteSettings.Mode.vxlan, .auto])
    func `R4, R8: across a router they reach each other through tunnels`(
        mode: RouteSettings.Mode
    ) throws {
        try withLab { lab in
            let cluster = try RouteLab(lab, near: 2, far: 2)
            try cluster.start(RouteSettings(mode: mode))
            for outcome in try cluster.update() {
                #expect(outcome.errors.isEmpty && outcome.findings.isEmpty)
            }
            try expectMesh(cluster.nodes)
        }
    }
}
