import Netlink
import Network
import Platform

/// A pair of links between the host and a container, and what each end is to have.
struct PodPair: Sendable {
    let host: NodeEnd
    let interface: InterfaceName
    var mtu: UInt32?
    /// Given at creation: udev would change an address that the kernel chose.
    let hostAddress: MACAddress
    let containerAddress: MACAddress
    /// The bridge that the host's end is a port of.
    var master: LinkIndex?
    /// What else is changed about the host's end.
    var hostChanges: [LinkChange] = []
    var hostSettings = LinkSettings()
    var containerSettings = LinkSettings()
    var containerStaysDown = false
    /// The families that the host is to pass on.
    var forwards: [IPFamily] = []

    init(_ attachment: Attachment, mtu: UInt32?, containerAddress: MACAddress?) throws(CNIError) {
        host = try NodeEnd(attachment)
        interface = attachment.interface
        self.mtu = mtu
        hostAddress = .random()
        self.containerAddress = containerAddress ?? .random()
    }
}

extension PodPair {
    /// Makes both ends with all they have, or nothing; gives the host's end as it is then.
    func make(_ pod: PodCall) throws(CNIError) -> Link {
        let namespace = try pod.namespace()
        var socket = try reporting { () throws(NetlinkError) in try RouteSocket() }
        let index = try create(&socket, namespace)
        do throws(CNIError) {
            try configureHost(&socket, index, alias: host.alias(pod.arguments.pod))
            try namespace.inside { () throws(CNIError) in try configureContainer() }
            return try reporting { () throws(NetlinkError) in try socket.connectedLink(index) }
        } catch {
            // Both ends, and all that leads over them.
            _ = try? socket.run(.delete(.index(index)))
            throw error
        }
    }

    private func configureHost(
        _ socket: inout RouteSocket, _ index: LinkIndex, alias: String
    ) throws(CNIError) {
        try Forwarding.enable(forwards)
        if hostSettings.hasIPv6 { try IPv6Switch.turnOn(host.name) }
        try IPv6Switch.ignoreAdvertisements(host.name)
        try reporting { () throws(NetlinkError) in
            let marks: [LinkChange] = [.alias(try LinkAlias(alias)), .linkLocalAddress(false)]
            try socket.run(
                [.change(.index(index), marks + hostChanges)] + hostSettings.requests(on: index))
        }
    }

    /// Runs inside the container's namespace.
    private func configureContainer() throws(CNIError) {
        if containerSettings.hasIPv6 {
            try IPv6Switch.turnOn(interface, and: "lo")
            try IPv6Switch.keepAddresses(interface)
        }
        if containerStaysDown { return }
        try reporting { () throws(NetlinkError) in
            var socket = try RouteSocket()
            guard let link = try socket.find(.link(interface)) else {
                throw NetlinkError(.unanswered, "find link", interface.rawValue)
            }
            let own: [Request] =
                containerSettings.hasIPv6
                ? [.change(.index(link.index), .linkLocalAddress(false))] : []
            try socket.run(
                own + [.change(.index(link.index), .up)]
                    + containerSettings.requests(on: link.index))
        }
    }
}
