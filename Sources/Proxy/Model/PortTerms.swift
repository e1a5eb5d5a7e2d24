import Kubernetes
import Network

/// What all ports of a service have in common.
struct PortTerms {
    private let template: PortMeaning
    private let keepsExternalTraffic: Bool

    init(
        _ service: Service, _ clusterAddress: IPAddress, _ addresses: ServiceAddresses,
        _ balancing: Balancing
    ) {
        keepsExternalTraffic = service.keepsExternalTraffic
        var template = PortMeaning(
            ServicePortName(service.key, port: "", .tcp), port: 0, clusterAddress: clusterAddress)
        template.externalAddresses = addresses.external
        template.loadBalancerAddresses = addresses.loadBalancer
        template.sourceRanges = addresses.sourceRanges
        template.affinity = service.affinity
        template.balancing = balancing
        template.internalRoute = service.spec.internalTrafficPolicy == .local ? .local : .cluster
        self.template = template
    }

    func meaning(of port: ServicePort, _ choice: EndpointChoice) -> PortMeaning {
        var meaning = template
        meaning.name = ServicePortName(template.name.service, port: port.name, port.transport)
        meaning.port = port.port
        meaning.nodePort = port.nodePort
        let isReachable = meaning.isExternallyReachable
        // Without a way in from outside its policy says nothing (S29).
        if isReachable, keepsExternalTraffic { meaning.externalRoute = .local }
        meaning.hasEndpoints = choice.hasAny
        // Whatever the policy, pods and the node itself are given the whole cluster (S28, S52).
        if meaning.internalRoute == .cluster || isReachable { meaning.cluster = choice.cluster }
        if meaning.internalRoute == .local || meaning.externalRoute == .local {
            meaning.local = choice.local
        }
        return meaning
    }
}

/// The ports of a service without those that an earlier one stands in the way of.
struct UniquePorts {
    private(set) var ports: [ServicePort]
    private(set) var complaints: [Complaint] = []

    init(of service: Service) {
        ports = service.spec.ports
        if ports.count < 2 { return }
        var names: Set<Name> = []
        var numbers: Set<Number> = []
        ports.removeAll { port in
            let number = Number(port: port.port, transport: port.transport)
            if numbers.contains(number) || !names.insert(Name(port)).inserted {
                complaints.append(
                    service.complaint(
                        "leaves out port \"\(port.name)\", \(port.port)/\(port.transport): "
                            + "an earlier one has the number or the name"))
                return true
            }
            numbers.insert(number)
            return false
        }
    }

    private struct Number: Hashable {
        let port: UInt16
        let transport: TransportProtocol
    }

    private struct Name: Hashable {
        let name: String
        let transport: TransportProtocol

        init(_ port: ServicePort) { (name, transport) = (port.name, port.transport) }
    }
}
