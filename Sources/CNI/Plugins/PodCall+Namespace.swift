import Netlink
import Platform

extension PodCall {
    /// Refuses to touch a container that has an interface of that name already (C23).
    func refuseExistingInterface(_ namespace: borrowing NetworkNamespace) throws(CNIError) {
        let name = attachment.interface
        do throws(NetlinkError) {
            let isThere = try inside.use(namespace) { (socket) throws(NetlinkError) in
                try socket.find(.link(name)) != nil
            }
            guard isThere else { return }
        } catch {
            throw CNIError(error)
        }
        throw CNIError(
            .interfaceExists, "the container has an interface \(name) already",
            details: "DEL removes one that this plugin made; choose another CNI_IFNAME otherwise")
    }
}
