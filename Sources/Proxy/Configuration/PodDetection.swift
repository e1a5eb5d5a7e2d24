package import Network

/// How packets of this node's own pods are told from others, which are masqueraded (S71, S72).
package enum PodDetection: Hashable, Sendable {
    /// By their source: networks of all pods, one of each family at most.
    case clusterCIDR([CIDR])
    /// By their source: the networks that the Node object gives its pods.
    case nodeCIDR
    /// By the link they come in on.
    case bridge(InterfaceName)
    /// By what the name of the link they come in on begins with.
    case interfacePrefix(InterfaceName)
    /// Not at all: nothing to a service's own address is masqueraded.
    case none
}

extension ProxyConfiguration {
    /// The fields that `PodDetection` is made of.
    package struct Detection: Hashable, Sendable {
        package var mode = Mode.unset
        package var clusterCIDR: [CIDR] = []
        package var bridge: InterfaceName?
        package var interfacePrefix: InterfaceName?

        package enum Mode: String, Hashable, Sendable, CaseIterable {
            case unset = ""
            case clusterCIDR = "ClusterCIDR"
            case nodeCIDR = "NodeCIDR"
            case bridge = "BridgeInterface"
            case interfacePrefix = "InterfaceNamePrefix"
        }
    }

    package var podDetection: PodDetection {
        switch detection.mode {
        case .unset, .clusterCIDR:
            detection.clusterCIDR.isEmpty ? .none : .clusterCIDR(detection.clusterCIDR)
        case .nodeCIDR: .nodeCIDR
        case .bridge: detection.bridge.map { .bridge($0) } ?? .none
        case .interfacePrefix: detection.interfacePrefix.map { .interfacePrefix($0) } ?? .none
        }
    }
}
