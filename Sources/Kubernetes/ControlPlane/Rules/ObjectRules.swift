import Network

extension StoredObject {
    /// Throws what the API server would refuse in an object that is alone in the cluster.
    func checkRules() throws(ObjectError) {
        // Opened here, so that kinds without rules need none.
        switch self {
        case let service as Service: try service.checkSpec()
        case let pod as Pod: try pod.checkAddresses()
        case let network as ServiceCIDR: try network.checkNetworks()
        default: break
        }
    }
}

extension Pod {
    fileprivate func checkAddresses() throws(ObjectError) {
        for (index, address) in status.podIPs.enumerated()
        where IPAddress(legacy: address.ip) == nil {
            throw ObjectError(
                "\(quoted(address.ip)) is not \(IPAddress.expectation)",
                in: "status.podIPs[\(index)].ip")
        }
        let families = addresses.map(\.family)
        if families.count != Set(families).count {
            throw ObjectError("a pod has one address of each family", in: "status.podIPs")
        }
    }

    /// The pod's addresses, without what is none.
    var addresses: [IPAddress] { status.podIPs.compactMap { IPAddress(legacy: $0.ip) } }
}

extension ServiceCIDR {
    fileprivate func checkNetworks() throws(ObjectError) {
        for (index, text) in spec.cidrs.enumerated() {
            guard let network = CIDR(legacy: text), network.isNetwork else {
                throw ObjectError(
                    "\(quoted(text)) is not a network such as 10.96.0.0/16",
                    in: "spec.cidrs[\(index)]")
            }
        }
        let families = networks.map(\.family)
        if families.isEmpty || families.count != Set(families).count {
            throw ObjectError("one network of each family, or of one, is needed", in: "spec.cidrs")
        }
    }

    var networks: [CIDR] { spec.cidrs.compactMap { CIDR(legacy: $0) } }
}
