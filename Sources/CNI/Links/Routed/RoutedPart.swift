import Netlink
import Network
import Platform

/// The main plugin's default mode: a link between node and pod, an address of the pod's own, and
/// a route to it; everything the pod sends goes to the node, which passes it on.
package struct RoutedPart: PluginPart {
    private let keys: LinkKeys
    private let gateway: RoutedGateway
    private let wantsDefaultRoute: Bool

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        keys = try LinkKeys(configuration)
        gateway = try RoutedGateway(configuration.settings["gateway"])
        wantsDefaultRoute = try configuration.settings["isDefaultGateway"].flag() ?? true
    }

    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        try result.requireAddresses(for: "mode routed")
        try gateway.route(&result, defaultRoute: wantsDefaultRoute)
        let plan = gateway
        try keys.connect(pod, &result) { pair, result in plan.fill(&pair, result) }
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let result = result.own(pod)
        let plan = gateway
        try keys.check(pod, result) { pair in plan.fill(&pair, result) }
    }

    package func status() throws(CNIError) { try LinkStatus.check() }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        try LinkRemoval.remove(pod, configuration)
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        try LinkRemoval.collectGarbage(of: configuration, keeping: valid)
    }
}
