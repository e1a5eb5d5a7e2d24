import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Addresses of links` {
    @Test func `an IPv4 address has everything it was given`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let address = InterfaceAddress(
                "10.1.2.3/24", on: link, flags: .noPrefixRoute,
                broadcast: IPv4Address(10, 1, 2, 255), label: try AddressLabel("a:1"),
                lifetime: AddressLifetime(preferred: 300, valid: 600), metric: 7)
            try routes.run(.add(address))
            let read = try routes.list(.addresses(.v4, on: link))
            #expect(read == [address])
            let shown = try host.ip("addr show dev a")
            #expect(
                shown.contains("metric 7 brd 10.1.2.255 scope global dynamic noprefixroute a:1"))
        }
    }

    @Test func `an IPv6 address is usable at once`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            try host.run { try Sysctl("net.ipv6.conf.all.accept_dad").write("1") }
            try host.run { try Sysctl("net.ipv6.conf.default.accept_dad").write("1") }
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let slow = InterfaceAddress("fd00::1/64", on: link)
            let quick = InterfaceAddress(
                "fd00::2/64", on: link, flags: .noDuplicateDetection)
            try routes.run(.add(slow), .add(quick))
            let flags = try routes.list(.addresses(.v6, on: link)).reduce(into: [:]) {
                $0[$1.address] = $1.flags
            }
            #expect(flags[slow.address]?.contains(.tentative) == true)
            #expect(flags[quick.address] == [.noDuplicateDetection, .permanent])
        }
    }

    @Test(arguments: ["10.0.0.1/32", "fd00::1/128"] as [CIDR])
    func `an address says who made it`(address: CIDR) throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let link = try routes.pair("a", "b")
            let marked = InterfaceAddress(
                address, on: link, flags: .noDuplicateDetection, origin: .weft)
            try routes.run(.add(marked))
            let read = try routes.list(.addresses(on: link)).filter { $0.address == address }
            #expect(read.map(\.origin) == [.weft])
        }
    }

    @Test(
        arguments: [("10.0.0.1/32", "10.9.9.9"), ("fd00::1/128", "fd00::9")] as [(CIDR, IPAddress)])
    func `a peer is the other end's address`(own: CIDR, peer: IPAddress) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let address = InterfaceAddress(
                own, on: link, peer: peer, flags: .noDuplicateDetection)
            try routes.run(.add(address))
            let read = try routes.list(.addresses(on: link)).filter { $0.peer != nil }
            #expect(read.map(\.peer) == [address.peer])
            #expect(read.map(\.address) == [address.address])
            #expect(try host.ip("addr show dev a").contains("peer \(peer)/"))
        }
    }

    @Test func `addresses are replaced, filtered and deleted`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let link = try routes.pair("a", "b")
            let other = try routes.link("b").index
            var first = InterfaceAddress("10.0.0.1/24", on: link)
            let second = InterfaceAddress("10.0.1.1/24", on: other)
            try routes.run(.add(first), .add(second))
            let taken = #expect(throws: NetlinkError.self) { try routes.run(.add(first)) }
            #expect(taken?.errno == .exists)
            #expect(taken?.description.contains("add address 10.0.0.1/24 on link") == true)

            first.lifetime = AddressLifetime(preferred: 50, valid: 60)
            try routes.run(.replace(first))
            #expect(try routes.list(.addresses(.v4, on: link)).map(\.lifetime) == [first.lifetime])
            #expect(try routes.list(.addresses(.v4, on: other)).map(\.address) == [second.address])
            #expect(try routes.list(.addresses(.v4)).count == 3, "with the loopback's")
            #expect(try routes.list(.addresses).count > 3)

            try routes.run(.delete(first))
            #expect(try routes.list(.addresses(.v4, on: link)).isEmpty)
            let gone = #expect(throws: NetlinkError.self) { try routes.run(.delete(first)) }
            #expect(gone?.isAbsence == true)
        }
    }

    @Test func `a label must fit`() {
        #expect(throws: NetlinkError.self) { try AddressLabel("0123456789abcdef") }
        #expect(throws: NetlinkError.self) { try AddressLabel("a\0") }
    }
}
