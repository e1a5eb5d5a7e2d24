import FuzzSupport
import Kubernetes
import Network

@testable import Proxy

/// A change to a cluster of few services that get in each other's way.
enum RandomStep: Sendable {
    case service(Service)
    case slice(EndpointSlice)
    case deleteService(ObjectKey)
    case deleteSlice(ObjectKey)
    /// Nothing changes for a moment.
    case rest
}

/// Makes up changes from a seed: all policies, balancings, affinities and families, and addresses
/// and ports of which there are fewer than services.
struct RandomCluster {
    private var random: SeededGenerator
    /// Whether some services have the own address of another, which no API server gives out.
    private let sharesAddresses: Bool
    private static let serviceCount = 40

    init(seed: UInt64, sharesAddresses: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.sharesAddresses = sharesAddresses
    }

    mutating func steps(_ count: Int) -> [RandomStep] { (0..<count).map { _ in step() } }

    private mutating func step() -> RandomStep {
        let number = random.below(Self.serviceCount)
        switch random.below(20) {
        case 0..<8: return .service(service(number))
        case 8..<16: return .slice(slice(number))
        case 16: return .deleteService(Self.key(number))
        case 17: return .deleteSlice(Self.key(number, "-\(random.below(2))"))
        default: return .rest
        }
    }

    private static func key(_ number: Int, _ suffix: String = "") -> ObjectKey {
        ObjectKey(namespace: "test", name: "s\(number)\(suffix)")
    }

    private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }
}

extension RandomCluster {
    private mutating func service(_ number: Int) -> Service {
        var service = Service()
        (service.metadata.namespace, service.metadata.name) = ("test", "s\(number)")
        let address = sharesAddresses && chance(20) ? random.below(Self.serviceCount) : number
        if !chance(10) { append("10.96.0.\(address + 1)", .v4, to: &service) }
        if !chance(20) { append("fd00:96::\(String(address + 1, radix: 16))", .v6, to: &service) }
        let count = 1 + random.below(3)
        service.spec.ports = (0..<count).map { index in
            numbered(index, nodePort: chance(30) ? UInt16(30000 + random.below(12)) : 0)
        }
        exposeAtRandom(&service)
        balanceAtRandom(&service)
        return service
    }

    private func append(_ text: String, _ family: IPFamily, to service: inout Service) {
        if let address = ClusterIP(text) { service.spec.clusterIPs.append(address) }
        service.spec.ipFamilies.append(family)
    }

    private func numbered(_ index: Int, nodePort: UInt16) -> ServicePort {
        var port = port(80 + UInt16(index), "p\(index)", TransportProtocol.allCases[index % 3])
        port.nodePort = nodePort
        return port
    }

    private mutating func exposeAtRandom(_ service: inout Service) {
        if chance(40) { service.spec.type = .loadBalancer }
        for text in ["192.0.2.\(random.below(9) + 1)", "2001:db8::\(random.below(9) + 1)"]
        where chance(30) { service.spec.externalIPs.append(text) }
        for text in ["203.0.113.\(random.below(9) + 1)", "2001:db8:1::\(random.below(9) + 1)"]
        where chance(30) {
            var ingress = LoadBalancerIngress()
            ingress.ip = text
            service.status.loadBalancer.ingress.append(ingress)
        }
        for range in ["198.51.100.0/24", "10.\(random.below(3)).0.0/16", "2001:db8:9::/48"]
        where chance(20) { service.spec.loadBalancerSourceRanges.append(range) }
        service.spec.externalTrafficPolicy = chance(40) ? .local : .cluster
        service.spec.internalTrafficPolicy = chance(20) ? .local : .cluster
    }

    private mutating func balanceAtRandom(_ service: inout Service) {
        if chance(30) {
            service.spec.sessionAffinity = .clientIP
            let seconds: Int32 = chance(50) ? 600 : 30
            service.spec.sessionAffinityConfig.clientIP.timeoutSeconds = seconds
        }
        if chance(60) {
            let balancing = Balancing.allCases[random.below(Balancing.allCases.count)]
            let weights = (1...12).map { host in
                let address =
                    chance(60) ? "10.244.0.\(host)" : "fd00:244::\(String(host, radix: 16))"
                return "\(address)=\(random.below(4))"
            }
            service.metadata.annotations = [
                Balancing.annotation: balancing.rawValue,
                Balancing.weightAnnotation: weights.joined(separator: ","),
            ]
        }
    }

    private mutating func slice(_ number: Int) -> EndpointSlice {
        let isV4 = chance(60)
        var slice = EndpointSlice()
        (slice.metadata.namespace, slice.metadata.name) = ("test", "s\(number)-\(isV4 ? 0 : 1)")
        slice.metadata.labels = [EndpointSlice.serviceLabel: "s\(number)"]
        slice.addressType = isV4 ? .ipv4 : .ipv6
        let states = ["ready", "ready", "ready", "unready", "serving", "ending"]
        for host in 1...12 where chance(25) {
            let words = [
                isV4 ? "10.244.0.\(host)" : "fd00:244::\(String(host, radix: 16))",
                chance(40) ? "here" : "there", states[random.below(states.count)],
            ]
            try? slice.endpoints.append(Endpoint(words: words.joined(separator: " ")))
        }
        slice.ports = (0..<3).filter { _ in !chance(10) }.map { index in
            var port = EndpointPort()
            (port.name, port.port) = ("p\(index)", UInt16(8080 + index))
            port.transport = TransportProtocol.allCases[index % 3]
            return port
        }
        return slice
    }
}
