import Network

extension Service {
    /// Throws what the API server would refuse, whatever else is in the cluster.
    func checkSpec() throws(ObjectError) {
        do throws(ObjectError) {
            try spec.checkPorts()
            try spec.checkAddresses()
            try spec.checkFamilies()
            try spec.checkTraffic()
        } catch {
            throw error.inside("spec")
        }
    }
}

extension ServiceSpec {
    fileprivate func checkPorts() throws(ObjectError) {
        if ports.isEmpty, !isHeadless, type != .externalName {
            throw ObjectError("a service has a port at least, unless it is headless", in: "ports")
        }
        var seen = SeenPorts()
        for (index, port) in ports.enumerated() {
            do throws(ObjectError) {
                try port.check(among: ports.count, isClusterIP: type == .clusterIP)
                try seen.add(port)
            } catch {
                throw error.inside(element: index).inside("ports")
            }
        }
    }

    fileprivate func checkAddresses() throws(ObjectError) {
        if clusterIPs.count > 2 || isHeadless && clusterIPs.count > 1 {
            throw ObjectError("one address of each family, or None alone", in: "clusterIPs")
        }
        let families = clusterAddresses.map(\.family)
        if families.count != Set(families).count {
            throw ObjectError("two addresses of one family", in: "clusterIPs")
        }
        guard type == .externalName else {
            if isHeadless, type != .clusterIP {
                throw ObjectError("a \(type.rawValue) service needs an address", in: "clusterIP")
            }
            return
        }
        if !clusterIPs.isEmpty {
            throw ObjectError("a service that is only a name has no address", in: "clusterIP")
        }
        let name = externalName.hasSuffix(".") ? String(externalName.dropLast()) : externalName
        try NameRule.subdomain.check(name, "externalName")
    }

    fileprivate func checkFamilies() throws(ObjectError) {
        if ipFamilies.count != Set(ipFamilies).count {
            throw ObjectError("a family is here twice", in: "ipFamilies")
        }
        for (index, pair) in zip(clusterAddresses, ipFamilies).enumerated()
        where pair.0.family != pair.1 {
            throw ObjectError(
                "\(pair.0) is no \(pair.1.fieldText) address", in: "clusterIPs[\(index)]")
        }
        // A headless service without selector is dual-stack unless it says otherwise.
        let isSingle = ipFamilyPolicy == .singleStack || ipFamilyPolicy == nil && !isUnmanaged
        if isSingle, max(clusterIPs.count, ipFamilies.count) > 1 {
            throw ObjectError(
                "two families need RequireDualStack or PreferDualStack", in: "ipFamilyPolicy")
        }
    }

    /// Whether others say where the service is: no address and no selector.
    var isUnmanaged: Bool { isHeadless && selector.isEmpty }

    fileprivate func checkTraffic() throws(ObjectError) {
        let timeout = sessionAffinityConfig.clientIP.timeoutSeconds
        if sessionAffinity == .clientIP, timeout != 0, !(1...86_400 ~= timeout) {
            throw ObjectError(
                "a client's affinity lasts 1 to 86400 seconds",
                in: "sessionAffinityConfig.clientIP.timeoutSeconds")
        }
        if externalTrafficPolicy == .local, type == .clusterIP, externalIPs.isEmpty {
            throw ObjectError(
                "only a service that takes traffic from outside can be Local",
                in: "externalTrafficPolicy")
        }
        if healthCheckNodePort != 0, !hasHealthCheck {
            throw ObjectError(
                "only a LoadBalancer whose external traffic is Local has one",
                in: "healthCheckNodePort")
        }
        guard type != .loadBalancer else { return }
        if allocateLoadBalancerNodePorts != nil {
            throw ObjectError("only a LoadBalancer has it", in: "allocateLoadBalancerNodePorts")
        }
        if !loadBalancerClass.isEmpty {
            throw ObjectError("only a LoadBalancer has one", in: "loadBalancerClass")
        }
    }

    /// Whether load balancers ask each node if it has endpoints.
    var hasHealthCheck: Bool { type == .loadBalancer && externalTrafficPolicy == .local }
}
