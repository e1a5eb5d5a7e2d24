import Netlink
import Network
import Platform
import TestSupport

extension InterfaceName {
    /// A name that is known to be one.
    static func test(_ text: String) throws -> InterfaceName { try InterfaceName(validating: text) }
}

extension IPAddress {
    static func test(_ text: String) throws -> IPAddress { try IPAddress(validating: text) }
}

extension CIDR {
    static func test(_ text: String) throws -> CIDR { try CIDR(validating: text) }
}

extension Host {
    func routes() throws -> RouteSocket { try RouteSocket(in: namespace) }

    /// Sends one datagram from a link to an address there that nobody has.
    func sendDatagram(from link: LinkIndex) throws {
        var routes = try routes()
        let target = try IPAddress.test("10.99.0.2")
        try routes.run(
            .add(InterfaceAddress(try .test("10.99.0.1/24"), on: link)),
            .add(Neighbour(target, at: MACAddress(rawValue: 0x0200_0000_0001), on: link)))
        let isSent = try run {
            let socket = try UDPSocket(connectedTo: AddressAndPort(target, 9))
            return try socket.send([1, 2, 3].span)
        }
        if !isSent { throw LabError("no room for a datagram") }
    }
}

extension RouteSocket {
    /// A link that is there.
    mutating func link(_ name: String) throws -> Link {
        guard let link = try find(.link(.test(name))) else {
            throw LabError("no link \(name)")
        }
        return link
    }

    mutating func bridge(_ name: String) throws -> Bridge {
        guard case .bridge(let bridge) = try link(name).settings else {
            throw LabError("\(name) is no bridge")
        }
        return bridge
    }

    /// A pair of links within one host; both are up.
    mutating func pair(_ name: String, _ peer: String) throws -> LinkIndex {
        let index = try create(NewLink(.init(.test(name), isUp: true), .veth(.init(.test(peer)))))
        try run(.change(.name(.test(peer)), .up))
        return index
    }
}
