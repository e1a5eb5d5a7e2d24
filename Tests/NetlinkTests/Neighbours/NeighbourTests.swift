import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Neighbours` {
    @Test(arguments: ["10.0.0.7", "fd00::7"] as [IPAddress])
    func `a neighbour is read back as it was written`(address: IPAddress) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let other = try routes.link("b").index
            let neighbour = Neighbour(
                address, at: MACAddress(rawValue: 0x0200_0000_0007), on: link,
                flags: [.externallyLearned, .router], origin: RouteProtocol(rawValue: 87))
            try routes.run(.add(neighbour))
            // IPv6 lists the multicast groups it is in, too.
            #expect(try routes.list(.neighbours(address.family, on: link)).contains(neighbour))
            #expect(try !routes.list(.neighbours(on: other)).map(\.address).contains(address))
            #expect(try routes.find(.neighbour(address, on: link)) == neighbour)
            #expect(try host.ip("neigh").contains("\(address) dev a lladdr 02:00:00:00:00:07 "))

            let taken = #expect(throws: NetlinkError.self) { try routes.run(.add(neighbour)) }
            #expect(taken?.errno == .exists)
            var moved = neighbour
            moved.linkAddress = MACAddress(rawValue: 0x0200_0000_0008)
            try routes.run(.replace(moved))
            #expect(try routes.find(.neighbour(address, on: link)) == moved)
            try routes.run(.delete(neighbour))
            #expect(try routes.find(.neighbour(address, on: link))?.linkAddress == nil)
        }
    }

    @Test(arguments: ["10.0.0.9", "fd00::9"] as [IPAddress])
    func `an address can be answered for`(address: IPAddress) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let proxy = Neighbour.proxy(address, on: link)
            try routes.run(.add(proxy))
            let proxies = try routes.list(.proxies(proxy.address.family))
            #expect(proxies.map(\.address) == [proxy.address])
            #expect(proxies.first?.flags.contains(.proxy) == true)
            #expect(
                try routes.list(.neighbours(on: link)).allSatisfy { $0.address != proxy.address })
            try routes.run(.delete(proxy))
            #expect(try routes.list(.proxies(proxy.address.family)).isEmpty)
        }
    }
}
