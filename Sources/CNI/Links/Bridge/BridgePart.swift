import Netlink
import Network
import Platform

/// Bridge mode, and the reference plugin `bridge`: pods are ports of a bridge on their node.
package struct BridgePart: PluginPart {
    private let keys: LinkKeys
    private let settings: BridgeSettings

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        keys = try LinkKeys(configuration)
        settings = try BridgeSettings(configuration)
    }

    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        try settings.route(&result)
        let families = result.families
        var socket = try reporting { () throws(NetlinkError) in try RouteSocket() }
        let bridge = try settings.bridge(&socket) { (socket: inout RouteSocket) throws(CNIError) in
            try keys.mtu(for: families) { () throws(NetlinkError) in
                try Underlay.mtu(families.isEmpty ? [.v4, .v6] : families, &socket)
            }
        }
        let gateway = try settings.gatewayLink(bridge, result, &socket)
        let mtu = try keys.mtu(for: families) { () throws(NetlinkError) in bridge.mtu }
        var pair = try PodPair(
            pod.attachment, mtu: mtu, containerAddress: try keys.containerAddress(pod))
        settings.fill(&pair, result, bridge, gateway)
        try connect(&pair, pod, bridge, &result, &socket)
        if let gateway, gateway.index != bridge.index { result.interfaces.append(gateway.listed) }
    }

    private func connect(
        _ pair: inout PodPair, _ pod: PodCall, _ bridge: BridgeLink,
        _ result: inout NetworkResult, _ socket: inout RouteSocket
    ) throws(CNIError) {
        let station = SourceGuard.Station(pair.host.name, pair.containerAddress)
        if settings.checksSource { try SourceGuard.admit(station, pod.attachment.owner) }
        do throws(CNIError) {
            let host = try pair.make(pod, &socket)
            result.interfaces.append(bridge.listed)
            result.describe(pair, host, in: pod.namespacePath)
        } catch {
            if settings.checksSource { try? SourceGuard.remove { $0 == pod.attachment.owner } }
            throw error
        }
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        try settings.check(pod, result.own(pod))
    }

    package func status() throws(CNIError) { try LinkStatus.check() }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        try LinkRemoval.remove(pod, configuration)
        try SourceGuard.remove { $0 == pod.attachment.owner }
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        try LinkRemoval.collectGarbage(of: configuration, keeping: valid)
        let lost = LostOwners(of: configuration.name, keeping: valid)
        try SourceGuard.remove { lost.contains($0) }
    }
}
