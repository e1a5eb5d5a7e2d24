import Netlink
import Network
import Platform

extension Lab {
    /// Puts a wire between two hosts; both ends are up and have their addresses on return.
    package func connect(
        _ first: Host, _ firstName: String, _ firstAddresses: [String],
        _ second: Host, _ secondName: String, _ secondAddresses: [String], mtu: UInt32 = 1500
    ) throws {
        let ends = (
            try InterfaceName(validating: firstName), try InterfaceName(validating: secondName)
        )
        let other = NamespaceReference(second.namespace)
        let peer = NewLink.Peer(ends.1, mtu: mtu, in: other)
        try first.change(.create(NewLink(.init(ends.0, mtu: mtu), .veth(peer))))
        try first.activate(ends.0, firstAddresses)
        try second.activate(ends.1, secondAddresses)
        try first.awaitCarrier(ends.0)
        try second.awaitCarrier(ends.1)
        try first.awaitNeighbourDiscovery(ends.0, firstAddresses)
        try second.awaitNeighbourDiscovery(ends.1, secondAddresses)
    }

    /// Makes a switch: a host with a bridge, to which any number of hosts can be joined.
    package func bridge(_ name: String) throws -> Host {
        let bridge = try host(name)
        let link = NewLink.End(try InterfaceName(validating: Self.bridgeName), isUp: true)
        try bridge.change(.create(NewLink(link, .bridge(Bridge()))))
        return bridge
    }

    /// Puts a wire between a host and a switch.
    package func join(
        _ host: Host, _ name: String, _ addresses: [String], to bridge: Host
    ) throws {
        let port = Self.uniqueName("p")
        try connect(host, name, addresses, bridge, port, [])
        let master = try bridge.link(InterfaceName(validating: Self.bridgeName))
        try bridge.change(
            .change(.name(InterfaceName(validating: port)), .master(master.index)))
    }

    private static let bridgeName = "bridge"
}

extension Host {
    fileprivate func link(_ name: InterfaceName) throws -> Link {
        var socket = try RouteSocket(in: namespace)
        guard let link = try socket.find(.link(name)) else {
            throw LabError("\(self.name) has no link \(name)")
        }
        return link
    }

    fileprivate func activate(_ name: InterfaceName, _ addresses: [String]) throws {
        let index = try link(name).index
        var requests = try addresses.map { Request.add(try InterfaceAddress($0, on: index)) }
        requests.append(.change(.index(index), .up))
        try change(requests)
    }

    /// Waits until what is sent through a link is no longer dropped.
    ///
    /// The end that is up first gets its queue when the kernel's link watch comes round to it.
    fileprivate func awaitCarrier(_ name: InterfaceName) throws {
        let deadline = MonotonicTime.now + .patience
        while try link(name).state != .up {
            if MonotonicTime.now > deadline {
                throw LabError("\(name) on \(self.name) gets no carrier")
            }
            sleep(for: .microseconds(200))
        }
    }
}

extension Host {
    /// Waits until neighbours' questions for the IPv6 addresses are heard.
    ///
    /// The kernel joins an address's multicast group in the background, seconds late on a busy
    /// machine, and neighbours ask three times only.
    fileprivate func awaitNeighbourDiscovery(_ name: InterfaceName, _ addresses: [String]) throws {
        let wanted = try addresses.compactMap { try CIDR(validating: $0).solicitedGroup }
        let deadline = MonotonicTime.now + .patience
        while try !Set(wanted).isSubset(of: multicastGroups(name)) {
            if MonotonicTime.now > deadline {
                throw LabError("\(self.name) does not listen for \(wanted) on \(name)")
            }
            sleep(for: .milliseconds(1))
        }
    }

    /// The IPv6 groups that a link has joined, as the kernel prints them: hexadecimal.
    private func multicastGroups(_ name: InterfaceName) throws -> Set<String> {
        let table = try run { try File.read("/proc/thread-self/net/igmp6") }
        let rows = String(decoding: table, as: UTF8.self).split(separator: "\n")
        let columns = rows.map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        return Set(columns.filter { $0.count > 2 && $0[1] == "\(name)" }.map { String($0[2]) })
    }
}

extension CIDR {
    /// The solicited-node group of an IPv6 address (RFC 4291): ff02::1:ff and its last 24 bits.
    fileprivate var solicitedGroup: String? {
        guard case .v6(let address) = address else { return nil }
        let last = String(address.low & 0xFF_FFFF, radix: 16)
        return "ff0200000000000000000001ff" + String(repeating: "0", count: 6 - last.count) + last
    }
}

extension InterfaceAddress {
    /// An address as `ip addr` shows it, with the usual broadcast address.
    fileprivate init(_ text: String, on link: LinkIndex) throws {
        let address = try CIDR(validating: text)
        self.init(address, on: link, broadcast: address.broadcast)
    }
}
