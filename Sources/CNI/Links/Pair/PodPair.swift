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
    /// What the bridge is told about its port.
    var portRequests: (@Sendable (LinkIndex) -> [Request])?
    /// What else is asked of the host's kernel.
    var hostRequests: [Request] = []
    var hostSettings = LinkSettings()
    var containerSettings = LinkSettings()
    var containerStaysDown = false
    /// Whether others on the link are told of the container's addresses.
    var announcesAddresses = false
    var detectsDuplicates = false
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
    /// Makes both ends with all they have, or nothing; gives the host's end as it was made.
    func make(_ pod: PodCall, _ socket: inout RouteSocket) throws(CNIError) -> Link {
        let namespace = try pod.namespace()
        let created = try create(&socket, namespace)
        let index = created.index
        do throws(CNIError) {
            try configureHost(&socket, index, alias: host.alias(pod.arguments.pod))
            if containerStaysDown { return created }
            let container = try configureContainer(pod, namespace, created.lower)
            try awaitCarrier(&socket)
            if announcesAddresses { announce(on: container, pod, namespace) }
            if detectsDuplicates { try awaitAddresses(on: container, pod, namespace) }
            return created
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
        // What a port hears is the bridge's.
        if master == nil { try IPv6Switch.ignoreAdvertisements(host.name) }
        try reporting { () throws(NetlinkError) in
            let marks: [LinkChange] = [.alias(try LinkAlias(alias)), .linkLocalAddress(false)]
            // Up only then: of a link that is up, IPv6 is told of every change, and walks all routes.
            try socket.run(
                [.change(.index(index), marks + hostChanges), .change(.index(index), .up)]
                    + (portRequests?(index) ?? []) + hostSettings.requests(on: index)
                    + hostRequests)
        }
    }

    /// Gives the container's end, whose number the host's end may know.
    private func configureContainer(
        _ pod: PodCall, _ namespace: borrowing NetworkNamespace, _ number: LinkIndex?
    ) throws(CNIError) -> LinkIndex {
        if containerSettings.hasIPv6 { try namespace.inside(switchOnIPv6) }
        return try reporting { () throws(NetlinkError) in
            try pod.inside.use(namespace) { (socket: inout RouteSocket) throws(NetlinkError) in
                try configureContainer(&socket, number)
            }
        }
    }

    private func switchOnIPv6() throws(CNIError) {
        try IPv6Switch.turnOn(interface, and: "lo")
        try IPv6Switch.keepAddresses(interface)
        if detectsDuplicates { try IPv6Switch.detectDuplicates(interface) }
    }

    private func configureContainer(
        _ socket: inout RouteSocket, _ number: LinkIndex?
    ) throws(NetlinkError) -> LinkIndex {
        let found = if let number { number } else { try socket.find(.link(interface))?.index }
        guard let index = found else {
            throw NetlinkError(.unanswered, "find link", interface.rawValue)
        }
        // Where only the node is on the link, which has no address of IPv6, one that the kernel makes
        // serves nobody; making it costs the next pods' ADD the kernel's lock for seconds.
        let needsNone = containerSettings.hasIPv6 || master == nil
        let own: [Request] =
            needsNone ? [.change(.index(index), .linkLocalAddress(false))] : []
        try socket.run(
            own + [.change(.index(index), .up)] + containerSettings.requests(on: index))
        return index
    }

    private func awaitCarrier(_ socket: inout RouteSocket) throws(CNIError) {
        let passes = try reporting { () throws(NetlinkError) in
            try socket.awaitCarrier(of: host.name)
        }
        guard !passes else { return }
        throw CNIError(
            .kernelRefused, "\(host.name) gets no carrier",
            details: "its other end, \(interface) in the container, was switched on before")
    }
}
