import Kubernetes
import Network
import Testing

@testable import Proxy

/// Every kind of service with every state of endpoints: which lists it uses, and what becomes of
/// connections from inside and from outside.
@Suite struct `Policies of a service` {
    struct Kind: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The lists that connections are given: "cluster", "local", or nothing without a way in.
        let inside: PortMeaning.Route
        let outside: PortMeaning.Route?

        init(_ words: String, _ inside: PortMeaning.Route, _ outside: PortMeaning.Route?) {
            (testDescription, self.inside, self.outside) = (words, inside, outside)
        }
    }

    struct State: Sendable, CustomTestStringConvertible {
        var testDescription: String
        let cluster: String
        let local: String
        let ofCluster: PortMeaning.Fate
        let ofLocal: PortMeaning.Fate

        init(
            _ endpoints: String, _ cluster: String, _ local: String,
            _ ofCluster: PortMeaning.Fate, _ ofLocal: PortMeaning.Fate
        ) {
            (testDescription, self.cluster, self.local) = (endpoints, cluster, local)
            (self.ofCluster, self.ofLocal) = (ofCluster, ofLocal)
        }
    }

    static let kinds = [
        Kind("ClusterIP", .cluster, nil),
        Kind("ClusterIP external:Local", .cluster, nil),
        Kind("ClusterIP internal:Local", .local, nil),
        Kind("ClusterIP internal:Local external:Local", .local, nil),
        Kind("ClusterIP externalIP", .cluster, .cluster),
        Kind("ClusterIP externalIP external:Local", .cluster, .local),
        Kind("ClusterIP externalIP internal:Local", .local, .cluster),
        // A node port that a change of type left behind has no policy.
        Kind("ClusterIP nodePort external:Local", .cluster, .cluster),
        Kind("ClusterIP nodePort externalIP external:Local", .cluster, .local),
        Kind("NodePort nodePort", .cluster, .cluster),
        Kind("NodePort nodePort external:Local", .cluster, .local),
        Kind("NodePort nodePort internal:Local", .local, .cluster),
        Kind("NodePort nodePort internal:Local external:Local", .local, .local),
        Kind("NodePort external:Local", .cluster, nil),
        Kind("LoadBalancer vip", .cluster, .cluster),
        Kind("LoadBalancer vip external:Local", .cluster, .local),
        Kind("LoadBalancer vip nodePort internal:Local", .local, .cluster),
        Kind("LoadBalancer vip nodePort internal:Local external:Local", .local, .local),
        Kind("LoadBalancer external:Local", .cluster, nil),
        Kind("LoadBalancer externalIP external:Local", .cluster, .local),
    ]

    static let states = [
        State("", "", "", .reject, .reject),
        State("1 unready here, 2 ending there", "", "", .reject, .reject),
        State("1 here, 2 there", "1 2", "1", .balance, .balance),
        State("1 there, 2 there", "1 2", "", .balance, .drop),
        State("1 serving here, 2 there", "2", "1", .balance, .balance),
        State("1 serving here, 2 serving there", "1 2", "1", .balance, .balance),
        State("1 unready here, 2 serving there", "2", "", .balance, .drop),
        State("1 here zone:z2, 2 there zone:z1", "2", "1", .balance, .balance),
        State("1 here node:n2, 2 there node:n1", "2", "1", .balance, .balance),
    ]

    @Test(arguments: kinds, states)
    func `S26 S28 S29 S35 S61 S62 each way in has its list and its own fate`(
        kind: Kind, state: State
    ) {
        let endpoints = state.testDescription.split(separator: ",").map(String.init)
        let port = meaning(service(kind.testDescription), [slice(endpoints)]).ports[0]
        let isFromOutside = kind.outside != nil
        #expect(port.isExternallyReachable == isFromOutside)
        #expect(port.internalRoute == kind.inside)
        #expect(port.externalRoute == kind.outside ?? .cluster)
        // Pods and the node reach external addresses of any policy through the whole cluster.
        let usesCluster = kind.inside == .cluster || isFromOutside
        let usesLocal = kind.inside == .local || kind.outside == .local
        #expect(port.cluster.numbers == (usesCluster ? state.cluster : ""))
        #expect(port.local.numbers == (usesLocal ? state.local : ""))
        for route in [kind.inside, kind.outside].compactMap(\.self) {
            let fate = route == .cluster ? state.ofCluster : state.ofLocal
            #expect(port.fate(of: route) == fate)
        }
    }

    private func service(_ words: String) -> Service {
        web { service in
            for word in words.split(separator: " ") {
                switch word {
                case "nodePort": service.spec.ports[0].nodePort = 30_080
                case "externalIP": service.spec.externalIPs = ["192.0.2.1"]
                case "internal:Local": service.spec.internalTrafficPolicy = .local
                case "external:Local": service.spec.externalTrafficPolicy = .local
                case "vip":
                    var ingress = LoadBalancerIngress()
                    ingress.ip = "192.0.2.2"
                    service.status.loadBalancer.ingress = [ingress]
                default: service.spec.type = ServiceType(rawValue: String(word)) ?? .externalName
                }
            }
        }
    }
}
