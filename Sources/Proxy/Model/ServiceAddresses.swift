import Kubernetes
import Network

/// Where a service is reached from outside the cluster, in one family, and by whom.
struct ServiceAddresses {
    private(set) var external: [IPAddress] = []
    private(set) var loadBalancer: [IPAddress] = []
    private(set) var sourceRanges: [CIDR]?
    private(set) var complaints: [Complaint] = []

    /// An address that is several things is the service's own before a load balancer's before an
    /// external one.
    init(of service: Service, clusterAddress: IPAddress, settings: ModelSettings) {
        let family = clusterAddress.family
        for ingress in service.status.loadBalancer.ingress where ingress.isVIP {
            let address = read(ingress.ip, "status.loadBalancer.ingress", service, family)
            guard let address, address != clusterAddress else { continue }
            if !loadBalancer.contains(address) { loadBalancer.append(address) }
        }
        for text in service.spec.externalIPs where settings.allowsExternalIPs {
            let address = read(text, "spec.externalIPs", service, family)
            guard let address, address != clusterAddress, !loadBalancer.contains(address) else {
                continue
            }
            if !external.contains(address) { external.append(address) }
        }
        readRanges(of: service, family)
    }

    /// The address if it is one of the family (S22, S23).
    private mutating func read(
        _ text: String, _ field: String, _ service: Service, _ family: IPFamily
    ) -> IPAddress? {
        guard let address = IPAddress(legacy: text) else {
            complaints.append(
                service.complaint("leaves out \"\(text)\" of \(field): not an IP address"))
            return nil
        }
        guard address.family == family else { return nil }
        if let kind = SpecialAddress(address) {
            complaints.append(
                service.complaint("leaves out \(address) of \(field) (\(kind))"))
            return nil
        }
        return address
    }
}

extension ServiceAddresses {
    /// Reads who may come (S24): sorted, and without networks within others.
    private mutating func readRanges(of service: Service, _ family: IPFamily) {
        var ranges: [CIDR] = []
        var isUnclear = false
        for text in service.spec.loadBalancerSourceRanges {
            guard let range = text.onlyWord.flatMap({ CIDR(legacy: $0) }) else {
                isUnclear = true
                complaints.append(
                    service.complaint(
                        "leaves out \"\(text)\" of spec.loadBalancerSourceRanges: not a network"))
                continue
            }
            if range.family == family { ranges.append(range.network) }
        }
        if ranges.contains(where: { $0.prefixLength == 0 }) { return }
        // Where nobody can tell whom a restriction was to let in, it lets nobody in.
        if !ranges.isEmpty || isUnclear { sourceRanges = CIDR.disjoint(ranges) }
    }
}

extension CIDR {
    /// The same networks in order, without those within others.
    static func disjoint(_ networks: [CIDR]) -> [CIDR] {
        networks.sorted().reduce(into: []) { kept, network in
            if kept.last?.contains(network) != true { kept.append(network) }
        }
    }
}

extension LoadBalancerIngress {
    /// Whether packets come with this address as their destination (S23).
    fileprivate var isVIP: Bool { !ip.isEmpty && (ipMode.isEmpty || ipMode == "VIP") }
}
