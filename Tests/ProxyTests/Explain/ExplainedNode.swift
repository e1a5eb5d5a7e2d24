import Kubernetes
import NFTables
import Network
import Testing

@testable import Proxy

/// The node n1 at 192.168.9.1 with pods in 10.244.1.0/24, and services of every kind.
struct ExplainedNode {
    var settings = ProxySettings(nodeName: "n1")
    private let family: IPFamily
    private let snapshot: Snapshot

    init(_ family: IPFamily = .v4) throws {
        self.family = family
        settings.detection = .clusterCIDR([try CIDR(validating: family.network("10.244.1.0/24"))])
        var writer = StoreWriter()
        let spread = [
            "10.244.1.1 here ready pod:web-0", "10.244.2.2 there ready", "10.244.2.3 there ready",
        ]
        for (number, sample) in Self.services.enumerated() {
            let name = sample.name
            writer.put(try Self.service(name, 1 + number, family, sample.change))
            let endpoints = sample.endpoints == .spread ? spread : sample.endpoints.words
            writer.put(
                slice(endpoints.map { family.endpoint($0) }, "\(name)-1") {
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
                    Balancing.annotation: "weighted", Balancing.weightAnnotation: "web-0=5",
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
        _ name: String, _ number: Int, _ family: IPFamily, _ change: (inout Service) -> Void
    ) throws -> Service {
        var service = web()
        service.metadata.name = name
        service.spec.clusterIPs = [family.address("10.96.0.\(number)")].compactMap { ClusterIP($0) }
        service.spec.ipFamilies = [family]
        change(&service)
        for index in service.spec.loadBalancerSourceRanges.indices {
            let range = service.spec.loadBalancerSourceRanges[index]
            service.spec.loadBalancerSourceRanges[index] = family.network(range)
            service.status.loadBalancer.ingress[0].ip = family.address("192.0.2.10")
        }
        return service
    }
}

extension ExplainedNode {
    private var state: NodeState {
        get throws {
            var node = NodeState(settings)
            let own = try IPAddress(validating: family.address("192.168.9.1"))
            node.facts.addresses[family] = own
            node.addresses = [own]
            node.serviceNetworks[family] = [try CIDR(validating: family.network("10.96.0.0/12"))]
            return node
        }
    }

    var explainer: Explainer {
        get throws {
            let node = try state
            return Explainer(
                wanted: WantedServices(
                    snapshot: snapshot, node: node.view, family: family, settings: settings.model,
                    nodeAddress: node.address(of: family, settings)),
                networks: node.networks(of: family, settings), settings: settings,
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
        let request = try ExplainRequest(
            family.destination(text), from: source.map { family.address($0) })
        let connection = try #require(request.connections(explainer.wanted).first)
        var explanation = explainer.explain(connection)
        explanation.kernel = KernelCheck(held, explainer).finding(for: explanation)
        return explanation
    }
}
