import Netlink
import Platform

extension PodCall {
    /// Waits until no other call works on the container's namespace.
    func lock(_ namespace: borrowing NetworkNamespace) throws(CNIError) -> FileLock {
        do throws(PlatformError) {
            // By descriptor: the path may have vanished, and a lock would make a file of it.
            return try FileLock(namespace.path)
        } catch {
            throw CNIError(error)
        }
    }

    /// Refuses to touch a container that has an interface of that name already (C23).
    func refuseExistingInterface(_ namespace: borrowing NetworkNamespace) throws(CNIError) {
        let name = attachment.interface
        do throws(NetlinkError) {
            var socket = try RouteSocket(in: namespace)
            guard try socket.find(.link(name)) != nil else { return }
        } catch {
            throw CNIError(error)
        }
        throw CNIError(
            .interfaceExists, "the container has an interface \(name) already",
            details: "DEL removes one that this plugin made; choose another CNI_IFNAME otherwise")
    }
}
