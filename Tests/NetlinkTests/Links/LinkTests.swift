import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Links` {
    @Test func `a pair with its other end elsewhere is one message`() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let pod = try lab.host("pod")
            var here = try node.routes()
            var there = try pod.routes()
            let address = MACAddress(rawValue: 0x0200_0000_0A01)
            let inside = NewLink.End(
                "eth0", address: address, mtu: 1400, isUp: true,
                in: NamespaceReference(pod.namespace), queueLength: 500)
            let outside = NewLink.Peer("veth1", mtu: 1400)
            let index = try here.create(NewLink(inside, .veth(outside)))
            try here.run(.change(.index(index), .up))

            let eth0 = try there.link("eth0")
            let veth1 = try here.link("veth1")
            #expect(veth1.index == index)
            #expect(veth1.kind == .veth && veth1.isUp && veth1.mtu == 1400)
            #expect(veth1.lower == eth0.index && veth1.lowerNamespace != nil)
            #expect(eth0.kind == .veth && eth0.isUp && eth0.mtu == 1400)
            #expect(eth0.address == address && eth0.queueLength == 500)
            #expect(eth0.state == .up && eth0.flags.contains(.lowerUp))
            #expect(try pod.ip("-j link show eth0").contains(#""mtu":1400"#))
            #expect(try here.find(.link("eth0")) == nil)

            try here.run(.delete(.index(index)))
            #expect(try there.find(.link("eth0")) == nil)
        }
    }

    @Test func `packets pass the ends of a pair as soon as both are up`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            _ = try routes.create(NewLink(.init("veth0", isUp: true), .veth(.init("veth1"))))
            #expect(try !routes.passesPackets("veth0"))
            try routes.run(.change(.name("veth1"), .up))
            #expect(try routes.passesPackets("veth0") && routes.passesPackets("veth1"))
            #expect(try routes.link("veth0").state == .up)
            let error = #expect(throws: NetlinkError.self) { _ = try routes.passesPackets("none") }
            #expect(error?.isAbsence == true)
        }
    }

    @Test func `a bridge has the settings it was made with, and takes others`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let settings = Bridge(
                spanningTree: false, ageing: .seconds(120), forwardDelay: .seconds(3),
                priority: 4096, multicastSnooping: false)
            let index = try routes.create(NewLink(.init("br0"), .bridge(settings)))
            var bridge = try routes.bridge("br0")
            #expect(bridge.spanningTree == false && bridge.ageing == .seconds(120))
            #expect(bridge.forwardDelay == .seconds(3) && bridge.priority == 4096)
            #expect(bridge.multicastSnooping == false)
            #expect(try host.ip("-d -j link show br0").contains(#""ageing_time":12000"#))

            try routes.run(
                .change(.index(index), .bridge(Bridge(ageing: .seconds(7))), .up, .mtu(1450)))
            bridge = try routes.bridge("br0")
            #expect(bridge.ageing == .seconds(7) && bridge.priority == 4096)
            let link = try routes.link("br0")
            #expect(link.isUp && link.mtu == 1450)
        }
    }

    @Test func `a bridge filters VLANs, or the kernel that cannot is told of by name`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let settings = Bridge(filtersVLANs: true, defaultVLAN: 0)
            let name: InterfaceName = "br0"
            do {
                _ = try routes.create(NewLink(.init(name), .bridge(settings)))
                let bridge = try routes.bridge("br0")
                #expect(bridge.filtersVLANs == true && bridge.defaultVLAN == 0)
            } catch let error as NetlinkError {
                #expect(error.code == .unsupported(.notSupported))
                #expect(error.text.contains("CONFIG_BRIDGE_VLAN_FILTERING"))
                #expect(try routes.list(.links).map(\.name) == ["lo"])
            }
        }
    }

    @Test func `a bridge's port is treated as told`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let bridge = try routes.create(NewLink(.init("br0"), .bridge(Bridge())))
            let index = try routes.create(
                NewLink(.init("a"), .veth(.init("b")), master: bridge))
            let port = BridgePort(
                hairpin: true, isIsolated: true, learns: false, floodsUnicast: false,
                floodsMulticast: false, floodsBroadcast: false, suppressesNeighbours: true)
            try routes.run(.change(.index(index), .port(port)))

            let link = try routes.link("a")
            #expect(link.master == bridge && link.port == port)
            let shown = try host.command("bridge", ["-d", "-j", "link", "show", "dev", "a"])
            #expect(shown.contains(#""hairpin":true"#) && shown.contains(#""learning":false"#))
            #expect(try routes.list(.links(master: bridge)).map(\.index) == [index])

            try routes.run(.change(.index(index), .noMaster))
            #expect(try routes.link("a").master == nil)
            #expect(try routes.link("a").port == nil)
        }
    }

    @Test func `a VXLAN has the settings it was made with`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let lower = try routes.pair("a", "b")
            let settings = VXLAN(
                id: 4096, local: "10.0.0.1", remote: "10.0.0.2",
                lower: lower, port: 8472, isLearning: false, fragmentation: .forbidden,
                timeToLive: 7, checksum: true)
            _ = try routes.create(
                NewLink(.init("vx", mtu: 1400, isUp: true), .vxlan(settings)))
            let link = try routes.link("vx")
            #expect(link.settings == .vxlan(settings))
            #expect(link.mtu == 1400 && link.isUp)
            let shown = try host.ip("-d link show vx")
            #expect(shown.contains("vxlan id 4096 remote 10.0.0.2 local 10.0.0.1 dev a"))
            #expect(shown.contains("dstport 8472 nolearning ttl 7"))
            #expect(shown.contains("df set") && !shown.contains("noudpcsum"))
        }
    }

    @Test func `a VXLAN over IPv6 has its addresses`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let settings = VXLAN(
                id: 7, local: "fd00::1", remote: "fd00::2")
            _ = try routes.create(NewLink(.init("vx"), .vxlan(settings)))
            guard case .vxlan(let read) = try routes.link("vx").settings else {
                throw LabError("no VXLAN")
            }
            #expect(read.local == settings.local && read.remote == settings.remote)
            #expect(read.port == 4789 && read.isLearning)
        }
    }

    @Test func `links change name, alias, address, group and namespace`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            let other = try lab.host("other")
            var routes = try host.routes()
            let index = try routes.create(NewLink(.init("w7"), .veth(.init("x"))))
            let alias = try LinkAlias("weft: pod default/web")
            let address = MACAddress(rawValue: 0x0200_0000_0B02)
            try routes.run(
                .rename(index, to: "w8"),
                .change(
                    .name("w8"), .alias(alias), .address(address), .promiscuous(true),
                    .group(LinkGroup(rawValue: 77)), .queueLength(99)))
            try host.ip("link property add dev w8 altname other-name-that-is-quite-long")

            let link = try routes.link("w8")
            #expect(link.alias == alias.description && link.address == address)
            #expect(link.group == LinkGroup(rawValue: 77) && link.queueLength == 99)
            #expect(link.promiscuity == 1 && link.flags.contains(.promiscuous))
            #expect(link.alternativeNames == ["other-name-that-is-quite-long"])
            #expect(
                try routes.links(aliased: alias) == [
                    try #require(try routes.find(.link(.index(index))))
                ])

            try routes.run(
                .move(index, to: NamespaceReference(other.namespace), as: "w9"))
            #expect(try routes.find(.link(.index(index))) == nil)
            var there = try other.routes()
            #expect(try there.link("w9").kind == .veth)
        }
    }

    @Test func `counters count`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            try host.sendDatagram(from: try routes.pair("a", "b"))
            let (sent, arrived) = (try routes.link("a").statistics, try routes.link("b").statistics)
            #expect(sent.transmitted.packets > 0 && sent.transmitted.bytes > 40)
            #expect(arrived.received.packets > 0 && arrived.received.errors == 0)
        }
    }

    @Test func `lists are filtered by kind`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            _ = try routes.pair("a", "b")
            _ = try routes.create(NewLink(.init("br0"), .bridge(Bridge())))
            #expect(Set(try routes.list(.links).map(\.name)) == ["lo", "a", "b", "br0"])
            #expect(Set(try routes.list(.links(kind: .veth)).map(\.name)) == ["a", "b"])
            #expect(try routes.list(.links(kind: .vxlan)).isEmpty)
        }
    }

    @Test func `many links go with one request`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            var links = [LinkIndex]()
            for number in 0..<100 {
                links.append(try routes.pair(.numbered("a", number), .numbered("b", number)))
            }
            try routes.delete(links + [LinkIndex(rawValue: 9999)], as: LinkGroup(rawValue: 5))
            #expect(try routes.list(.links).map(\.name) == ["lo"])
            try routes.delete(links, as: LinkGroup(rawValue: 5))
        }
    }

    @Test func `errors say what, on what and why`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            _ = try routes.pair("a", "b")
            let taken = #expect(throws: NetlinkError.self) { _ = try routes.pair("a", "c") }
            #expect(taken?.errno == .exists && taken?.subject == "a")
            #expect(taken?.operation == "create veth link")
            let missing = #expect(throws: NetlinkError.self) {
                try routes.run(.delete(.name("none")))
            }
            #expect(missing?.isAbsence == true && missing?.subject == "none")
            let mtu = #expect(throws: NetlinkError.self) {
                try routes.run(.change(.name("a"), .mtu(1)))
            }
            #expect(mtu?.text == "mtu less than device minimum")
            #expect(throws: NetlinkError.self) { try LinkAlias(String(repeating: "x", count: 256)) }
            #expect(throws: NetlinkError.self) { try LinkAlias("a\0b") }
            #expect(throws: NetlinkError.self) { try LinkAlias("") }
        }
    }

    @Test(arguments: [LinkKind.bridge, .dummy, .ifb, .veth, .vlan, .vxlan, .init(rawValue: "none")])
    func `what probing says is what creation does`(kind: LinkKind) throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let name: InterfaceName = "x"
            let hasKind = try routes.supports(.links(kind))
            #expect(try routes.list(.links).map(\.name) == ["lo"])
            if kind.rawValue == "none" { #expect(!hasKind) }
            guard let new = Self.example(kind) else { return }
            do throws(NetlinkError) {
                _ = try routes.create(NewLink(.init(name), new))
                #expect(hasKind)
            } catch {
                #expect(!hasKind)
                #expect(error.code == .unsupported(.notSupported))
                #expect(error.description.contains("CONFIG_"))
            }
        }
    }

    private static func example(_ kind: LinkKind) -> NewLink.Kind? {
        switch kind {
        case .bridge: .bridge(Bridge())
        case .dummy: .dummy
        case .ifb: .ifb
        case .vlan: .vlan(VLAN(id: 5), over: .loopback)
        case .vxlan: .vxlan(VXLAN(id: 5))
        default: nil
        }
    }
}
