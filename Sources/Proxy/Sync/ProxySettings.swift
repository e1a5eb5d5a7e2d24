import Kubernetes
package import Network
import Platform

/// What the synchronisation depends on of the configuration.
package struct ProxySettings: Sendable {
    package var nodeName: String
    package var families: [IPFamily] = IPFamily.allCases
    package var table = ProxyTable.Settings()
    package var model = ModelSettings()
    package var detection = PodDetection.none
    package var nodePorts = NodePortAddresses.primary
    /// The node's own address where the Node object need not be asked (S115).
    package var nodeAddress: IPAddress?
    package var minDelay = Duration.zero
    package var maxDelay = Duration.milliseconds(100)
    /// The longest time between attempts at what the kernel refuses.
    package var retryLimit = Duration.seconds(30)
    /// How long connections to removed endpoints may go on; without a grace for ever.
    package var graces: [TransportProtocol: Duration] = [:]

    package init(nodeName: String) { self.nodeName = nodeName }
}

extension ProxySettings {
    package init(_ configuration: ProxyConfiguration, nodeName: String) {
        self.init(nodeName: nodeName)
        table.masqueradeBit = 1 << UInt32(configuration.masquerade.bit)
        table.masqueradesAll = configuration.masquerade.all
        table.affinitySize = UInt32(configuration.weft.affinityTableSize)
        table.counts = configuration.weft.counters
        model.allowsExternalIPs = configuration.allowsExternalIPs
        detection = configuration.podDetection
        nodePorts = configuration.nodePortAddresses
        let address = configuration.bindAddress
        nodeAddress = address.isUnspecified || address.isLoopback ? nil : address
        minDelay = configuration.weft.minDelay
        maxDelay = configuration.weft.maxDelay
        retryLimit = configuration.syncPeriod
        graces[.tcp] = configuration.weft.drainTCP
        graces[.sctp] = configuration.weft.drainSCTP
    }

    /// Makes this node's rotations begin elsewhere than those of others.
    var seed: Int { Int(truncatingIfNeeded: StableHash(nodeName).value) }

    /// The table of a family.
    func table(of family: IPFamily) -> ProxyTable {
        var settings = table
        settings.pods = podMatch(of: family)
        settings.nodePorts = servesAllAddresses(of: family) ? .all : .listed
        return ProxyTable(family, settings)
    }

    private func podMatch(of family: IPFamily) -> ProxyTable.PodMatch {
        switch detection {
        case .none: .none
        case .nodeCIDR: .networks
        case .clusterCIDR(let networks):
            networks.contains { $0.family == family } ? .networks : .none
        case .bridge(let name): .bridge("\(name)")
        case .interfacePrefix(let prefix): .interfacePrefix("\(prefix)")
        }
    }

    private func servesAllAddresses(of family: IPFamily) -> Bool {
        guard case .networks(let networks) = nodePorts else { return false }
        let own = networks.filter { $0.family == family }
        return own.isEmpty || own.contains { $0.prefixLength == 0 }
    }

    /// Whether node ports are served on addresses that this node's links must be asked for.
    func needsAddresses(of family: IPFamily) -> Bool {
        guard case .networks = nodePorts else { return false }
        return !servesAllAddresses(of: family)
    }
}
