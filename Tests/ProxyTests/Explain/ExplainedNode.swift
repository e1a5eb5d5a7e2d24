import Kubernetes
import NFTables
import Network
import Testing

@testable import Proxy

/// The node n1 at 192.168.9.1 with pods in 10.244.1.0/24, and services of every kind.
struct ExplainedNode {
    var settings = ProxySettings(nodeName: "n1")
    private let snapshot: Snapshot

    init() throws {
        settings.detection = .clusterCIDR([try CIDR(validating: "10.244.1.0/24")])
        var writer = StoreWriter()
        let spread = ["10.244.1.1 here ready", "10.244.2.2 there ready", "10.244.2.3 there ready"]
        for (number, sample) in Self.services.enumerated() {
            let name = sample.name
            writer.put(try Self.service(name, 1 + number, sample.change))
            let endpoints = sample.endpoints == .spread ? spread : sample.endpoints.words
            writer.put(
                slice(endpoints, "\(name)-1") {
                    $0.metadata.labels = [EndpointSlice.serviceLabel: name]
                }.value)
        }
        writer.publish()
        snapshot = writer.store.snapshot
    }

    enum Endpoints: Equatable {
        case spread, remote, none

        var words: [String] { self == .remote ? ["10.244.2.2 there ready"] : [] }
    }

    private struct Sample {
        let name: String
        var endpoints = Endpoints.spread
        var change: (inout Service) -> Void = { _ in }
    }

    /// In the order of their addresses, from 10.96.0.1 on.
    private static var services: [Sample] {
        [
            Sample(name: "plain"),
            Sample(name: "exposed") { expose(&$0, port: 30080, .local) },
            Sample(name: "open") { expose(&$0, port: 30081, .cluster) },
            Sample(name: "empty", endpoints: .none),
            Sample(name: "away", endpoints: .remote) { expose(&$0, port: 30082, .local) },
            Sample(name: "sticky") {
                $0.spec.sessionAffinity = .clientIP
                $0.spec.sessionAffinityConfig.clientIP.timeoutSeconds = 600
            },
            Sample(name: "weighted") {
                $0.metadata.annotations = [
                    Balancing.annotation: "weighted", Balancing.weightAnnotation: "10.244.1.1=5",
                ]
            },
            Sample(name: "hashed") {
                $0.metadata.annotations = [Balancing.annotation: "source-hash"]
            },
            Sample(name: "inside") { $0.spec.internalTrafficPolicy = .local },
            Sample(name: "single", endpoints: .remote),
        ]
    }

    private static func expose(
        _ service: inout Service, port: UInt16, _ policy: TrafficPolicy
    ) {
        service.spec.type = .loadBalancer
        service.spec.externalTrafficPolicy = policy
        service.spec.ports[0].nodePort = port
        if policy == .local, port == 30080 {
            service.spec.loadBalancerSourceRanges = ["203.0.113.0/24"]
            var ingress = LoadBalancerIngress()
            ingress.ip = "192.0.2.10"
            service.status.loadBalancer.ingress = [ingress]
        }
    }

    private static func service(
        _ name: String, _ number: Int, _ change: (inout Service) -> Void
    ) throws -> Service {
        var service = web()
        service.metadata.name = name
        service.spec.clusterIPs = ["10.96.0.\(number)"].compactMap { ClusterIP($0) }
        service.spec.ipFamilies = [.v4]
        change(&service)
        return service
    }
}

extension ExplainedNode {
    private var state: NodeState {
        get throws {
            var node = NodeState(settings)
            node.facts.addresses[.v4] = try IPAddress(validating: "192.168.9.1")
            node.addresses = [try IPAddress(validating: "192.168.9.1")]
            node.serviceNetworks[.v4] = [try CIDR(validating: "10.96.0.0/12")]
            return node
        }
    }

    var explainer: Explainer {
        get throws {
            let node = try state
            return Explainer(
                wanted: WantedServices(
                    snapshot: snapshot, node: node.view, family: .v4, settings: settings.model,
                    nodeAddress: node.address(of: .v4, settings)),
                networks: node.networks(of: .v4, settings), settings: settings,
                addresses: node.addresses)
        }
    }

    /// Makes the ruleset what the explainer's services want.
    func program(_ ruleset: inout some Ruleset & ~Copyable) throws {
        let explainer = try explainer
        var sync = FamilySync(explainer.table, seed: 3)
        _ = try sync.recover(explainer.wanted, explainer.networks, &ruleset)
    }

    /// An explanation of "10.96.0.1:80", checked against a ruleset.
    func explain(
        _ text: String, from source: String?, _ ruleset: inout some Ruleset & ~Copyable
    ) throws -> Explanation {
        let explainer = try explainer
        let held = try HeldTable(explainer.table, from: &ruleset)
        let request = try ExplainRequest(text, from: source)
        let connection = try #require(request.connections(explainer.wanted).first)
        var explanation = explainer.explain(connection)
        explanation.kernel = KernelCheck(held, explainer).finding(for: explanation)
        return explanation
    }
}
