import APIServerSupport
import Kubernetes
import Network
import Platform
import Synchronization
import TestSupport

@testable import Agent

/// A node on which all is well: tunnel, rules, files, a pod, an agent's status and an API server.
final class DoctorLab {
    let node: Host
    let pod: SamplePod
    let state: AgentState
    let server: TestServer
    let answers = Answers()
    let directory: String
    var settings = DoctorSettings()
    /// What a test keeps for as long as it looks.
    var kept: [any Sendable] = []
    private(set) var listeners: AgentListeners?
    private let source: ManifestSource

    init(_ lab: Lab, in directory: String) throws {
        self.directory = directory
        node = try lab.host("a")
        let peer = try lab.host("b")
        try lab.connect(
            node, "eth0", ["192.0.2.1/24", "2001:db8::1/64"],
            peer, "eth0", ["192.0.2.2/24", "2001:db8::2/64"])
        try node.forward()
        pod = try SamplePod("c1", dataDirectory: "\(directory)/leases")
        state = AgentState(nodeName: "a", parts: [.routes, .masquerade, .cni])
        server = try node.run { [answers] in try TestServer(handler: answers) }
        try Directory.create("\(directory)/manifests")
        source = try ManifestSource(directory: "\(directory)/manifests") { _ in }
        try makeSettings()
        try makeNode()
        try makeFiles()
        try startAgent()
    }

    /// Refuses kinds by HTTP's number.
    final class Answers: RequestHandler {
        let refused = Mutex<[String: Int]>([:])

        func respond(to request: ServerRequest, with stream: ResponseStream) {
            let number = refused.withLock { refused in
                refused.first { request.path.contains($0.key) }?.value
            }
            stream.respond("{}", status: number ?? 200)
        }
    }

    /// What the doctor knows, apart from what all machines share.
    func facts() throws -> MachineFacts {
        try node.run {
            var facts = MachineFacts(of: settings)
            (facts.isClockSynchronized, facts.time) = (true, .now)
            return facts
        }
    }

    func stopAgent() { listeners = nil }
}

extension DoctorLab {
    var plugins: String { "\(directory)/bin" }
    var configurations: String { settings.configuration.cni.directory }

    func put(_ text: String, _ path: String, mode: UInt32 = 0o644) throws {
        try File.replace(path, with: Array(text.utf8).span, mode: mode)
    }

    private func makeSettings() throws {
        settings.configuration.cni.directory = "\(directory)/cni"
        settings.configuration.cni.rangeFile = "\(directory)/ranges"
        settings.configuration.status = .init()
        settings.configuration.status.socket = "\(directory)/agent.sock"
        settings.configuration.status.health = nil
        settings.configuration.status.metrics = nil
        settings.configuration.routes.mode = .vxlan
        settings.pluginDirectory = plugins
        settings.dataDirectory = "\(directory)/leases"
        settings.credentials = CredentialsSettings(
            kubeconfig: "\(directory)/kubeconfig", environment: [:])
        try putKubeconfig(server: server.url)
    }

    func putKubeconfig(server: String) throws {
        try put(
            """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "\(server)"}}]
            users: [{name: a, user: {}}]

            """, "\(directory)/kubeconfig", mode: 0o600)
    }

    private func makeNode() throws {
        let nodes = ClusterNodes(snapshot(TrafficLab.objects), own: "a")
        let files = NodeFileSettings(settings.configuration.cni)
        try node.run {
            var routes = try RouteKeeper(RouteSettings(mode: .vxlan))
            _ = routes.update(nodes, at: .now)
            var traffic = try PodTraffic(PodTrafficSettings())
            _ = try traffic.update(nodes, tunnels: routes.tunnels)
            var writer = NodeFiles(files)
            _ = try writer.update(own: nodes.own, isReady: true, mtu: routes.podMTU)
        }
        try pod.addLease(on: node)
        try pod.addLink(on: node, mtu: 1400)
    }

    private func makeFiles() throws {
        try Directory.create(plugins)
        for name in ["weft-cni", "weft-ipam"] { try put("", "\(plugins)/\(name)", mode: 0o755) }
    }

    private func startAgent() throws {
        for part in [AgentPart.routes, .masquerade, .cni] {
            state.update(part) { $0.succeeded(at: .now) }
        }
        listeners = try AgentListeners(
            AgentAnswers(state, source, from: "a test", nil), settings.configuration.status
        ) { _ in }
    }
}
