import Netlink
import Network
import Platform

extension LinkKeys {
    /// Makes the link of a mode without bridge and says in the result what was made.
    func connect(
        _ pod: PodCall, _ result: inout NetworkResult,
        _ fill: (inout PodPair, NetworkResult) -> Void
    ) throws(CNIError) {
        let families = result.families
        var socket = try reporting { () throws(NetlinkError) in try RouteSocket() }
        let mtu = try mtu(for: families) { () throws(NetlinkError) in
            try Underlay.mtu(families, &socket)
        }
        var pair = try PodPair(
            pod.attachment, mtu: mtu, containerAddress: try containerAddress(pod))
        fill(&pair, result)
        pair.forwards = families
        let host = try pair.make(pod, &socket)
        result.describe(pair, host, in: pod.namespacePath)
    }
}

extension NetworkResult {
    /// Lists both ends behind what is there already, and gives the addresses to the container's.
    mutating func describe(_ pair: PodPair, _ host: Link, in sandbox: String?) {
        let mtu = Int(host.mtu)
        interfaces += [
            Interface(pair.host.name.rawValue, mac: "\(pair.hostAddress)", mtu: mtu),
            Interface(
                pair.interface.rawValue, mac: "\(pair.containerAddress)", mtu: mtu,
                sandbox: sandbox),
        ]
        for index in addresses.indices { addresses[index].interface = interfaces.count - 1 }
    }
}
