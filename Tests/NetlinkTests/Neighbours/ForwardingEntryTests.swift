import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Forwarding entries` {
    private static let mac = MACAddress(rawValue: 0x0200_0000_0042)

    @Test func `a VXLAN knows where addresses are`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let settings = VXLAN(id: 42, local: "10.0.0.1", isLearning: false)
            let link = try routes.create(NewLink(.init("vx", isUp: true), .vxlan(settings)))
            let entry = ForwardingEntry(
                Self.mac, on: link, remote: "10.0.0.2", port: 8472, network: 77)
            try routes.run(.add(entry))
            #expect(try routes.list(.forwardingEntries(on: link)) == [entry])
            let shown = try host.command("bridge", ["fdb", "show", "dev", "vx"])
            #expect(shown.contains("\(Self.mac) dst 10.0.0.2 port 8472 vni 77 self permanent"))

            var moved = entry
            moved.remote = "10.0.0.3"
            try routes.run(.replace(moved))
            #expect(try routes.list(.forwardingEntries(on: link)) == [moved])
            try routes.run(.delete(moved))
            #expect(try routes.list(.forwardingEntries(on: link)).isEmpty)
        }
    }

    @Test func `packets for everyone go to all remotes`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let settings = VXLAN(id: 42, local: "fd00::1", isLearning: false)
            let link = try routes.create(NewLink(.init("vx"), .vxlan(settings)))
            let remotes: [IPAddress] = ["fd00::2", "fd00::3"]
            try routes.run(
                remotes.map {
                    .append(ForwardingEntry(MACAddress(rawValue: 0), on: link, remote: $0))
                })
            let entries = try routes.list(.forwardingEntries(on: link))
            #expect(Set(entries.map(\.remote)) == Set(remotes))
            try routes.run(.delete(entries[0]))
            #expect(try routes.list(.forwardingEntries(on: link)) == [entries[1]])
        }
    }

    @Test func `a bridge knows the port of an address`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let bridge = try routes.create(
                NewLink(.init("br0", isUp: true), .bridge(Bridge())))
            let port = try routes.pair("a", "b")
            try routes.run(.change(.index(port), .master(bridge)))
            let entry = ForwardingEntry(Self.mac, on: port, state: .noARP, flags: .master)
            try routes.run(.add(entry))
            let listed = try routes.list(.forwardingEntries(of: bridge))
            let read = try #require(listed.first { $0.address == Self.mac })
            #expect(read.link == port && read.bridge == bridge && read.state == .noARP)
            let shown = try host.command("bridge", ["fdb", "show", "br", "br0"])
            #expect(shown.contains("\(Self.mac) dev a master br0 static"))
            try routes.run(.delete(entry))
            #expect(try !routes.list(.forwardingEntries).contains { $0.address == Self.mac })
        }
    }
}
