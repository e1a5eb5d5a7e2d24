import Netlink
import Network
import Platform
import TestSupport

extension Host {
    func routes() throws -> RouteSocket { try RouteSocket(in: namespace) }

    /// Sends one datagram from a link to an address there that nobody has.
    func sendDatagram(from link: LinkIndex) throws {
        var routes = try routes()
        let target: IPAddress = "10.99.0.2"
        try routes.run(
            .add(InterfaceAddress("10.99.0.1/24", on: link)),
            .add(Neighbour(target, at: MACAddress(rawValue: 0x0200_0000_0001), on: link)))
        try waitUntilUp(link)
        let isSent = try run {
            let socket = try UDPSocket(connectedTo: AddressAndPort(target, 9))
            return try socket.send([1, 2, 3].span)
        }
        if !isSent { throw LabError("no room for a datagram") }
    }
}

extension Host {
    /// Waits until packets can leave: the kernel connects a link's queue some time after the link.
    func waitUntilUp(_ link: LinkIndex) throws {
        var monitor = try Monitor<RouteEvent>(.links, in: namespace)
        var routes = try routes()
        let deadline = MonotonicTime.now + .seconds(10)
        while try routes.find(.link(.index(link)))?.state != .up {
            guard try monitor.socket.socket.descriptor.wait(for: .read, until: deadline) else {
                throw LabError("\(link) does not come up")
            }
            while try monitor.next() != nil {}
        }
    }
}

extension RouteSocket {
    /// A link that is there.
    mutating func link(_ name: InterfaceName) throws -> Link {
        guard let link = try find(.link(name)) else {
            throw LabError("no link \(name)")
        }
        return link
    }

    mutating func bridge(_ name: InterfaceName) throws -> Bridge {
        guard case .bridge(let bridge) = try link(name).settings else {
            throw LabError("\(name) is no bridge")
        }
        return bridge
    }

    /// A pair of links within one host; both are up.
    mutating func pair(_ name: InterfaceName, _ peer: InterfaceName) throws -> LinkIndex {
        let index = try create(NewLink(.init(name, isUp: true), .veth(.init(peer))))
        try run(.change(.name(peer), .up))
        return index
    }
}
