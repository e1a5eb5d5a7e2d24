package import Network

/// What a service is to be.
package struct ServiceSpec: Message {
    package var ports: [ServicePort] = []
    package var selector = Labels()
    /// The first of `clusterIPs`, or all there is from an API server before 1.20.
    private var clusterIP: ClusterIP?
    package var type = ServiceType.clusterIP
    /// As written, like the source ranges: one that is no address is left out, not the service (S22).
    package var externalIPs: [String] = []
    package var sessionAffinity = SessionAffinity.none
    package var loadBalancerIP = ""
    package var loadBalancerSourceRanges: [String] = []
    package var externalName = ""
    package var externalTrafficPolicy = TrafficPolicy.cluster
    package var healthCheckNodePort: UInt16 = 0
    package var publishNotReadyAddresses = false
    package var sessionAffinityConfig = SessionAffinityConfig()
    package var ipFamilyPolicy: IPFamilyPolicy?
    package var clusterIPs: [ClusterIP] = []
    package var ipFamilies: [IPFamily] = []
    package var allocateLoadBalancerNodePorts: Bool?
    package var loadBalancerClass = ""
    package var internalTrafficPolicy = TrafficPolicy.cluster
    package var trafficDistribution = ""

    package init() {}
}

extension ServiceSpec {
    /// Whether the service has endpoints but no address of its own.
    package var isHeadless: Bool { clusterIPs.contains(.none) }

    /// The addresses, for services that have some.
    package var clusterAddresses: [IPAddress] {
        clusterIPs.compactMap { if case .address(let address) = $0 { address } else { nil } }
    }

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ports", &ports)
        try fields.field(2, "selector", &selector)
        try fields.field(3, "clusterIP", &clusterIP)
        try fields.field(18, "clusterIPs", &clusterIPs)
        try fields.field(4, "type", &type)
        try fields.field(5, "externalIPs", &externalIPs)
        try fields.field(7, "sessionAffinity", &sessionAffinity)
        try codeBalancing(&fields)
        try fields.field(13, "publishNotReadyAddresses", &publishNotReadyAddresses)
        try fields.field(14, "sessionAffinityConfig", &sessionAffinityConfig)
        try codeFamilies(&fields)
    }

    private mutating func codeBalancing<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(8, "loadBalancerIP", &loadBalancerIP)
        try fields.field(9, "loadBalancerSourceRanges", &loadBalancerSourceRanges)
        try fields.field(10, "externalName", &externalName)
        try fields.field(11, "externalTrafficPolicy", &externalTrafficPolicy)
        try fields.field(12, "healthCheckNodePort", &healthCheckNodePort)
    }

    private mutating func codeFamilies<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(19, "ipFamilies", &ipFamilies)
        try fields.field(17, "ipFamilyPolicy", &ipFamilyPolicy)
        try fields.field(20, "allocateLoadBalancerNodePorts", &allocateLoadBalancerNodePorts)
        try fields.field(21, "loadBalancerClass", &loadBalancerClass)
        try fields.field(22, "internalTrafficPolicy", &internalTrafficPolicy)
        try fields.field(23, "trafficDistribution", &trafficDistribution)
    }

    package mutating func settle() throws(ObjectError) {
        if clusterIPs.isEmpty, let clusterIP { clusterIPs = [clusterIP] }
        clusterIP = clusterIPs.first
    }
}
