import Kubernetes
import Netlink
import Network
import Platform
import Support
import Synchronization
import TestSupport

@testable import Agent

/// A node of the lab with an agent that runs on a thread, on a store that the test writes.
final class AgentLab {
    let state = AgentState(nodeName: "n1", parts: [.routes, .masquerade, .cni])
    let peer = node("n2", ["10.244.2.0/24"], [("InternalIP", "192.0.2.2")])
    private let host: Host
    private let directory: String
    private let writer: StoreBox
    private let listeners: AgentListeners
    private let thread = Mutex<Thread?>(nil)
    private let end = Flag()
    private let shared = Shared()

    /// What the agent's thread tells.
    private final class Shared: Sendable {
        let waker = Mutex<Waker?>(nil)
        let failure = Mutex<String?>(nil)
    }

    init(
        _ lab: Lab, _ directory: String, _ own: Node?, _ announcer: NetworkAnnouncer? = nil
    ) throws {
        host = try lab.host("n1")
        self.directory = directory
        let other = try lab.host("n2")
        try lab.connect(host, "eth0", ["192.0.2.1/24"], other, "eth0", ["192.0.2.2/24"])
        writer = StoreBox()
        writer.list([
            own ?? node("n1", ["10.244.1.0/24"], [("InternalIP", "192.0.2.1")]), peer,
        ])
        let answers = AgentAnswers(state, StoredSource(store: writer.store), from: "a test", nil)
        var places = AgentConfiguration.Status()
        (places.socket, places.health, places.metrics) = ("\(directory)/agent.sock", nil, nil)
        listeners = try AgentListeners(answers, places) { _ in }
        try start(announcer)
    }

    private func start(_ announcer: NetworkAnnouncer?) throws {
        var configuration = AgentConfiguration()
        configuration.cni.directory = directory
        configuration.cni.rangeFile = "\(directory)/ranges.json"
        let (host, state, store, end, shared) = (host, state, writer.store, end, shared)
        var started: Thread? = try Thread { [configuration] in
            do {
                try host.namespace.enter()
                var agent = try NodeAgent(
                    configuration, of: store, state,
                    manager: ServiceManager(variable: { _ in nil }), announcer: announcer,
                    Log { _ in })
                shared.waker.withLock { [waker = agent.waker] in $0 = waker }
                try agent.run(until: end)
            } catch {
                shared.failure.withLock { $0 = "\(error)" }
            }
        }
        thread.withLock { $0 = started.take() }
    }

    /// Ends the agent, and waits for it.
    func stop() {
        end.set()
        shared.waker.withLock { $0?.wake() }
        thread.withLock { $0 = nil }
    }
}

extension AgentLab {
    var socket: String { "\(directory)/agent.sock" }

    func put(_ node: Node) { writer.put(node) }

    /// Waits until something holds.
    func wait(_ what: String, _ holds: (AgentLab) throws -> Bool) throws {
        let deadline = MonotonicTime.now + .seconds(20)
        while try !holds(self) {
            if let failure = shared.failure.withLock(\.self) { throw LabError("\(failure)") }
            guard MonotonicTime.now < deadline else {
                throw LabError("no \(what) within 20 s: \(state.current)")
            }
            sleep(for: .milliseconds(5))
        }
    }

    /// The IPv4 routes that are the agent's, in order.
    var routes: [String] {
        get throws {
            var socket = try RouteSocket(in: host.namespace)
            return try socket.list(.routes(.v4)).filter { $0.origin == .weft }.map { route in
                let gateway = route.hops.first?.gateway.map { "via \($0)" } ?? "blackhole"
                return "\(route.destination) \(gateway)"
            }.sorted()
        }
    }

    func removeRoutes() throws {
        var socket = try RouteSocket(in: host.namespace)
        for route in try socket.list(.routes(.v4)) where route.origin == .weft {
            try socket.run([.delete(route)])
        }
    }

    func file(_ name: String) throws -> String {
        String(decoding: try File.read("\(directory)/\(name)"), as: UTF8.self)
    }

    func hasFile(_ name: String) throws -> Bool {
        try File.status("\(directory)/\(name)") != nil
    }
}

/// A store that a test writes while others read.
private final class StoreBox: Sendable {
    let store: ObjectStore
    private let writer: Mutex<StoreWriter?>

    init() {
        let writer = StoreWriter()
        store = writer.store
        var held: StoreWriter? = consume writer
        self.writer = Mutex(nil)
        self.writer.withLock { $0 = held.take() }
    }

    private let version = Atomic(0)

    /// The nodes that there are first.
    func list(_ nodes: [Node]) {
        writer.withLock { writer in
            guard var replacement = writer?.beginReplacement(of: Node.self) else { return }
            for node in nodes { replacement.stage(versioned(node)) }
            writer?.commit(replacement)
            writer?.publish()
        }
    }

    func put(_ node: Node) {
        writer.withLock { writer in
            writer?.put(versioned(node))
            writer?.publish()
        }
    }

    /// As a server gives every change of an object another version.
    private func versioned(_ node: Node) -> Node {
        var node = node
        node.metadata.resourceVersion = "\(version.add(1, ordering: .relaxed).newValue)"
        return node
    }
}

/// A source whose objects somebody else puts into a store.
private final class StoredSource: ObjectSource {
    let store: ObjectStore

    init(store: ObjectStore) { self.store = store }

    var statistics: SourceStatistics { SourceStatistics() }

    func stop() {}
}
