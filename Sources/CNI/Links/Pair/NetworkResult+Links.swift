import Network

extension NetworkResult {
    /// The gateways of all addresses, each once.
    var gateways: [IPAddress] {
        var gateways: [IPAddress] = []
        for case let gateway? in addresses.map(\.gateway) where !gateways.contains(gateway) {
            gateways.append(gateway)
        }
        return gateways
    }

    /// The first gateway of a family.
    func gateway(_ family: IPFamily) -> IPAddress? {
        for address in addresses where address.gateway?.family == family { return address.gateway }
        return nil
    }

    /// The families of the addresses, in their order.
    var families: [IPFamily] {
        IPFamily.allCases.filter { family in
            addresses.contains { $0.address.family == family }
        }
    }

    func requireAddresses(for what: String) throws(CNIError) {
        guard addresses.isEmpty else { return }
        throw CNIError(
            .invalidConfiguration, "\(what) needs an address, and ipam gave none",
            details: "configure ipam")
    }

    /// Adds a default route by the gateway of each family that has a gateway and no such route.
    mutating func addDefaultRoutes() {
        for family in IPFamily.allCases {
            guard let gateway = gateway(family) else { continue }
            let all = CIDR(allOf: family)
            if routes.contains(where: { $0.destination == all && $0.table == nil }) { continue }
            routes.append(Route(all, via: gateway))
        }
    }

    /// The part of a previous result that is about the pod's own interface: what plugins behind
    /// this one added is not ours to judge.
    func own(_ pod: PodCall) -> NetworkResult {
        guard let place = place(of: pod) else { return self }
        var own = self
        own.addresses.removeAll { ($0.interface ?? place) != place }
        return own
    }

    /// Where the pod's interface stands among the interfaces.
    func place(of pod: PodCall) -> Int? {
        let name = pod.attachment.interface.rawValue
        return interfaces.firstIndex { $0.name == name && $0.sandbox == pod.namespacePath }
            ?? interfaces.firstIndex { $0.name == name && $0.sandbox?.isEmpty == false }
    }
}
