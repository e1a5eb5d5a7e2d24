import Network

extension ServiceSpec {
    /// Fills in what the API server fills in; an error if the cluster lacks a family.
    ///
    /// `families` are those that services have networks of, the default family first.
    mutating func setDefaults(_ families: [IPFamily]) throws(ObjectError) {
        for index in ports.indices { ports[index].setDefaults() }
        if sessionAffinity == .clientIP {
            if sessionAffinityConfig.clientIP.timeoutSeconds == 0 {
                sessionAffinityConfig.clientIP.timeoutSeconds = Self.affinitySeconds
            }
        } else {
            sessionAffinityConfig = SessionAffinityConfig()
        }
        if type == .loadBalancer, allocateLoadBalancerNodePorts == nil {
            allocateLoadBalancerNodePorts = true
        }
        if type != .externalName { try setFamilies(families) }
    }

    /// Three hours, as in every Kubernetes.
    private static let affinitySeconds: Int32 = 10_800

    /// Whether nodes take its traffic at ports of their own.
    var takesNodePorts: Bool { type == .nodePort || type == .loadBalancer }

    private mutating func setFamilies(_ families: [IPFamily]) throws(ObjectError) {
        let policy = ipFamilyPolicy ?? (isUnmanaged ? .requireDualStack : .singleStack)
        ipFamilyPolicy = policy
        for address in clusterAddresses.dropFirst(ipFamilies.count) {
            ipFamilies.append(address.family)
        }
        if !isUnmanaged {
            if policy == .requireDualStack, families.count < 2 {
                throw ObjectError("the cluster has one family only", in: "ipFamilyPolicy")
            }
            for (index, family) in ipFamilies.enumerated() where !families.contains(family) {
                throw ObjectError(
                    "the cluster has no \(family.fieldText) network for services",
                    in: "ipFamilies[\(index)]")
            }
        }
        if ipFamilies.isEmpty { ipFamilies = Array(families.prefix(1)) }
        guard policy != .singleStack, ipFamilies.count == 1, isUnmanaged || families.count > 1
        else {
            return
        }
        ipFamilies.append(ipFamilies == [.v4] ? .v6 : .v4)
    }
}

extension ServicePort {
    fileprivate mutating func setDefaults() {
        switch targetPort {
        case nil, .number(0), .name(""): targetPort = .number(Int32(port))
        case .number, .name: break
        }
    }
}
