import Netlink
import Network
import Platform

extension PodPair {
    /// Makes both ends where they belong with one message and gives the host's.
    func create(
        _ socket: inout RouteSocket, _ namespace: borrowing NetworkNamespace
    ) throws(CNIError) -> Link {
        let link = link(in: NamespaceReference(namespace))
        do throws(NetlinkError) {
            return try socket.make(link)
        } catch {
            guard error.errno == .exists else { throw CNIError(error) }
        }
        // The one or the other end's name is taken.
        if try namespace.holds(interface) { throw .interfaceExists(interface) }
        return try reporting { () throws(NetlinkError) in
            try removeLeftover(&socket)
            return try socket.make(link)
        }
    }

    private func link(in namespace: NamespaceReference) -> NewLink {
        NewLink(
            NewLink.End(
                host.name, address: hostAddress, mtu: mtu, group: host.group,
                queues: Self.queues),
            .veth(
                NewLink.Peer(
                    interface, address: containerAddress, mtu: mtu, in: namespace,
                    queues: Self.queues)),
            master: master)
    }

    /// What a veth uses unless it is told otherwise, however many it has.
    private static let queues: UInt32 = 1

    /// Removes what an ADD left that was killed; another's link of that name stays.
    private func removeLeftover(_ socket: inout RouteSocket) throws(NetlinkError) {
        guard let leftover = try socket.find(.link(host.name)), host.owns(leftover) else { return }
        try socket.run(.delete(.index(leftover.index)))
    }
}

extension NetworkNamespace {
    /// Whether there is a link of that name.
    fileprivate borrowing func holds(_ name: InterfaceName) throws(CNIError) -> Bool {
        do throws(NetlinkError) {
            var socket = try RouteSocket(in: self)
            return try socket.find(.link(name)) != nil
        } catch {
            throw CNIError(error)
        }
    }
}

extension CNIError {
    /// C23: what has the name stays as it is.
    static func interfaceExists(_ name: InterfaceName) -> CNIError {
        CNIError(
            .interfaceExists, "the container has an interface \(name) already",
            details: "DEL removes one that this plugin made; choose another CNI_IFNAME otherwise")
    }
}
