import JSON
import Kubernetes
import Netlink
import Network
import Platform
import Proxy
import Support
import Synchronization
import TestSupport
import Testing

@testable import Agent

@Suite("The node agent", .requiresRoot)
struct NodeAgentTests {
    @Test func `it makes a node ready, follows its nodes, and leaves all as it ends`() throws {
        try withAgent { lab in
            try lab.wait("ready") { $0.state.unready.isEmpty }
            #expect(try lab.routes == ["10.244.1.0/24 blackhole", "10.244.2.0/24 via 192.0.2.2"])
            let ranges = try lab.file("ranges.json")
            #expect(ranges.contains("10.244.1.0/24"))
            #expect(try lab.file("10-weft.conflist").contains("weft-ipam"))
            lab.put(node("n3", ["10.244.3.0/24"], [("InternalIP", "192.0.2.3")]))
            try lab.wait("the route") { try $0.routes.contains("10.244.3.0/24 via 192.0.2.3") }
            lab.stop()
            #expect(try lab.routes.count == 3)
            #expect(try lab.file("ranges.json") == ranges)
        }
    }

    @Test func `R3: what somebody removes comes back`() throws {
        try withAgent { lab in
            try lab.wait("ready") { $0.state.unready.isEmpty }
            try lab.removeRoutes()
            try lab.wait("the routes") { try $0.routes.count == 2 }
        }
    }

    @Test func `R9: a node without a pod network is not ready, and says why`() throws {
        try withAgent(node("n1", [], [("InternalIP", "192.0.2.1")])) { lab in
            try lab.wait("the reason") { $0.state.current[.cni]?.problem != nil }
            #expect(lab.state.unready.contains(.cni))
            #expect(lab.state.current[.cni]?.problem?.contains("podCIDR") == true)
            #expect(try !lab.hasFile("ranges.json"))
            lab.put(node("n1", ["10.244.1.0/24"], [("InternalIP", "192.0.2.1")]))
            try lab.wait("ready") { $0.state.unready.isEmpty }
        }
    }

    @Test func `heartbeats of nodes change nothing`() throws {
        try withAgent { lab in
            try lab.wait("ready") { $0.state.unready.isEmpty }
            for _ in 1...20 { lab.put(lab.peer) }
            // It comes after the heartbeats: when it has been seen they have been.
            lab.put(node("n3", ["10.244.3.0/24"], [("InternalIP", "192.0.2.3")]))
            try lab.wait("the route") { try $0.routes.contains("10.244.3.0/24 via 192.0.2.3") }
            let changes = lab.state.current[.routes]?.changes
            #expect(changes?["add"] == 3)
            #expect(changes?["replace"] == 0)
        }
    }

    @Test func `its status is told on its socket`() throws {
        try withAgent { lab in
            try lab.wait("ready") { $0.state.unready.isEmpty }
            let text = try StatusClient.get("/status", from: lab.socket)
            let document = try JSONValue(document: text.span)
            let screen = try #require(StatusScreen(document))
            #expect(screen.isWell, "\(screen.text)")
            #expect(document.object?["node"]?.string == "n1")
            let ready = try StatusClient.get("/readyz", from: lab.socket)
            #expect(String(decoding: ready, as: UTF8.self) == "ok\n")
            let metrics = try StatusClient.get("/metrics", from: lab.socket)
            #expect(
                String(decoding: metrics, as: UTF8.self)
                    .contains(#"weft_agent_ready{part="routes"} 1"#))
        }
    }

    private func withAgent(_ own: Node? = nil, _ body: (AgentLab) throws -> Void) throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let agent = try AgentLab(lab, directory, own)
                defer { agent.stop() }
                try body(agent)
            }
        }
    }
}
