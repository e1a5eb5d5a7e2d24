import Netlink
import Network
import Platform

extension BridgeSettings {
    /// Compares the bridge, the pod's port and the container's end with what ADD made (C27).
    func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let bridge = try checkedBridge(result)
        let container = try ContainerEnd(pod, result)
        guard let address = container.link.address else {
            throw CNIError.checkFailed("\(container.link.name) has no hardware address")
        }
        if !leavesContainerDown {
            try container.check(containerSettings(result, at: address))
        }
        let host = try NodeLink(NodeEnd(pod.attachment))
        try host.checkConnection(to: container.link)
        try host.check(LinkSettings())
        try check(host.link, isPortOf: bridge)
        if checksSource {
            try SourceGuard.check(SourceGuard.Station(pod.attachment, address))
        }
    }

    private func checkedBridge(_ result: NetworkResult) throws(CNIError) -> Link {
        let state = try reporting { () throws(NetlinkError) in
            var socket = try RouteSocket()
            return try LinkState(.name(name), &socket)
        }
        guard let state, state.link.kind == .bridge else {
            throw CNIError.checkFailed("the host has no bridge \(name)")
        }
        let listed = result.interfaces.first { $0.name == name.rawValue && $0.sandbox == nil }
        if let mac = listed?.mac, state.link.address != MACAddress(mac) {
            throw CNIError.checkFailed("\(name) has not the address \(mac) any more")
        }
        if isPromiscuous, !state.link.flags.contains(.promiscuous) {
            throw CNIError.checkFailed("\(name) is not promiscuous")
        }
        try state.checkUp()
        if isGateway, vlans?.own == nil {
            var wanted = LinkSettings()
            for gateway in BridgeAddresses(result, forces: false).wanted { wanted.add(gateway) }
            try state.check(wanted)
        }
        return state.link
    }

    private func check(_ link: Link, isPortOf bridge: Link) throws(CNIError) {
        guard link.master == bridge.index else {
            throw CNIError.checkFailed("\(link.name) is not a port of \(name)")
        }
        guard link.port?.hairpin == hairpin, link.port?.isIsolated ?? false == isIsolated else {
            throw CNIError.checkFailed(
                "\(link.name) has not hairpinMode \(hairpin) and portIsolation \(isIsolated)")
        }
    }
}
