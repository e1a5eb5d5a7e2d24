import Netlink
import Network
import Platform

extension LinkKeys {
    /// Compares the link of a mode without bridge with what ADD made by the same result (C27).
    func check(
        _ pod: PodCall, _ result: NetworkResult, _ fill: (inout PodPair) -> Void
    ) throws(CNIError) {
        let container = try ContainerEnd(pod, result)
        var pair = try PodPair(pod.attachment, mtu: nil, containerAddress: container.link.address)
        fill(&pair)
        try container.check(pair.containerSettings)
        let host = try NodeLink(pair.host)
        try host.checkConnection(to: container.link)
        try host.check(pair.hostSettings)
    }
}
