import Netlink
import Network

extension BridgeSettings {
    /// Says which gateways there are and that all else is reached by them, as far as keys ask.
    func route(_ result: inout NetworkResult) throws(CNIError) {
        if leavesContainerDown, !result.addresses.isEmpty {
            throw CNIError(
                .invalidConfiguration, "disableContainerInterface is true, and ipam gave addresses",
                details: "leave out one of the two")
        }
        for index in result.addresses.indices where isGateway {
            let address = result.addresses[index]
            if address.gateway == nil {
                result.addresses[index].gateway = address.address.network.address(at: 1)
            }
        }
        if isDefaultGateway { result.addDefaultRoutes() }
    }

    /// Says what the ends of the pod's link get; `gateway` is the link that has the gateways.
    func fill(
        _ pair: inout PodPair, _ result: NetworkResult, _ bridge: BridgeLink,
        _ gateway: BridgeLink?
    ) {
        pair.master = bridge.index
        pair.hostChanges = [
            .port(BridgePort(hairpin: hairpin, isIsolated: isIsolated))
        ]
        pair.containerStaysDown = leavesContainerDown
        pair.containerSettings = containerSettings(result, at: pair.containerAddress)
        pair.detectsDuplicates = detectsDuplicates
        pair.announcesAddresses = true
        if let vlans { pair.portRequests = vlans.requests(for:) }
        guard let gateway else { return }
        pair.forwards = result.families
        for address in result.addresses {
            guard let own = address.gateway else { continue }
            pair.containerSettings.addNeighbour(own, at: gateway.address)
            // In the place of what was there before the address was given to this pod.
            pair.hostRequests.append(
                .replace(
                    Neighbour(
                        address.address.address, at: pair.containerAddress, on: gateway.index,
                        state: .reachable)))
        }
    }

    func containerSettings(_ result: NetworkResult, at hardware: MACAddress) -> LinkSettings {
        var settings = LinkSettings()
        for address in result.addresses {
            settings.add(address.address, isDetecting: detectsDuplicates)
        }
        if settings.hasIPv6 {
            settings.addLinkLocal(hardware.linkLocalAddress, isDetecting: detectsDuplicates)
        }
        settings.routes = result.routes.map {
            Route($0, via: result.gateway($0.destination.family))
        }
        return settings
    }
}

extension BridgeLink {
    var listed: NetworkResult.Interface {
        NetworkResult.Interface(name.rawValue, mac: "\(address)", mtu: Int(mtu))
    }
}
