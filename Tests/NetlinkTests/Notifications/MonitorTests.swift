import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Monitors` {
    @Test func `every kind of change is told`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            var monitor = try Monitor<RouteEvent>(
                .links, .addresses4, .addresses6, .routes4, .routes6, .rules4, .rules6, .neighbours,
                in: host.namespace)
            let address = InterfaceAddress(try .test("10.0.0.1/24"), on: link)
            let address6 = InterfaceAddress(
                try .test("fd00::1/64"), on: link, flags: .noDuplicateDetection)
            let route = Route(try .test("10.7.0.0/16"), via: try .test("10.0.0.2"), on: link)
            let route6 = Route(try .test("fd07::/64"), on: link)
            let rule = RoutingRule(.v4, priority: 9, .blackhole)
            let rule6 = RoutingRule(.v6, priority: 9, .blackhole)
            let neighbour = Neighbour(
                try .test("10.0.0.2"), at: MACAddress(rawValue: 0x0200_0000_0002), on: link)
            try routes.run(
                .change(.index(link), .mtu(1300)), .add(address), .add(address6), .add(route),
                .add(route6), .add(rule), .add(rule6), .add(neighbour))
            // The kernel tells of an IPv6 address and of a link's state when its workers get to it.
            let added = try monitor.drain { events in
                events.addresses(.set).isSuperset(of: [address.address, address6.address])
            }
            #expect(added.contains(.rule(.set, rule)) && added.contains(.rule(.set, rule6)))
            #expect(added.contains(.neighbour(.set, neighbour)))
            #expect(added.contains(.route(.set, route)))
            #expect(added.links(.set).contains("a"))
            #expect(added.addresses(.set).isSuperset(of: [address.address, address6.address]))
            #expect(added.destinations(.set).contains(route6.destination))

            try routes.run(
                .delete(neighbour), .delete(rule), .delete(rule6), .delete(route), .delete(route6),
                .delete(address), .delete(address6), .delete(.index(link)))
            let removed = try monitor.drain()
            #expect(removed.contains(.rule(.removed, rule)))
            #expect(removed.contains(.rule(.removed, rule6)))
            #expect(removed.contains(.route(.removed, route)))
            #expect(
                removed.addresses(.removed).isSuperset(of: [address.address, address6.address]))
            #expect(removed.destinations(.removed).contains(route6.destination))
            #expect(removed.links(.removed).isSuperset(of: ["a", "b"]))
            #expect(try monitor.next() == nil)
        }
    }

    @Test func `a port that leaves its bridge is not gone`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let bridge = try routes.create(
                NewLink(.init(.test("br0"), isUp: true), .bridge(Bridge())))
            let link = try routes.pair("a", "b")
            try routes.run(.change(.index(link), .master(bridge)))
            var monitor = try Monitor<RouteEvent>(.links, in: host.namespace)
            try routes.run(.change(.index(link), .noMaster))
            let events = try monitor.drain()
            #expect(events.links(.removed).isEmpty)
            #expect(events.links(.set).contains("a"))
        }
    }

    @Test func `what did not fit is told of, never passed over`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            var monitor = try Monitor<RouteEvent>(.links, in: host.namespace)
            try monitor.reserveBuffer(1)
            for mtu in 0..<100 {
                try routes.run(.change(.index(link), .mtu(UInt32(1000 + mtu))))
            }
            let events = try monitor.drain()
            #expect(events.contains(.overrun))
            #expect(events.count < 100)

            try routes.run(.change(.index(link), .mtu(1500)))
            let later = try monitor.drain()
            #expect(!later.contains(.overrun) && later.links(.set).contains("a"))
        }
    }

    @Test func `a link ends with the namespace of its other end`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            var monitor = try Monitor<RouteEvent>(.links, in: host.namespace)
            let index = try {
                let pod = try NetworkNamespace.anonymous()
                let inside = NewLink.End(try .test("eth0"), in: NamespaceReference(pod))
                return try routes.create(NewLink(inside, .veth(.init(.test("veth1")))))
            }()
            let deadline = MonotonicTime.now + .seconds(20)
            var removed = Set<String>()
            while !removed.contains("veth1"),
                try monitor.socket.socket.descriptor.wait(for: .read, until: deadline)
            {
                removed.formUnion(try monitor.drain().links(.removed))
            }
            #expect(removed == ["veth1"])
            #expect(try routes.find(.link(.index(index))) == nil)
            let error = #expect(throws: NetlinkError.self) {
                try routes.run(.change(.index(index), .up))
            }
            #expect(error?.isAbsence == true)
        }
    }

    @Test func `an event loop waits on a monitor`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            var monitor = try Monitor<RouteEvent>(.rules4, in: host.namespace)
            let idle = try monitor.socket.socket.descriptor.wait(
                for: .read, until: MonotonicTime.now + .milliseconds(1))
            #expect(!idle)
            try routes.run(.add(RoutingRule(.v4, priority: 9, .prohibit)))
            let ready = try monitor.socket.socket.descriptor.wait(
                for: .read, until: MonotonicTime.now + .seconds(10))
            #expect(ready)
            #expect(try monitor.drain().count == 1)
        }
    }
}

extension Monitor {
    /// All events that are there.
    mutating func drain() throws(NetlinkError) -> [Event] {
        var events = [Event]()
        while let some = try next() { events += some }
        return events
    }

    /// Reads until what came is enough, or the time for it is over.
    mutating func drain(until isEnough: ([Event]) -> Bool) throws(NetlinkError) -> [Event] {
        let deadline = MonotonicTime.now + .seconds(10)
        var events = try drain()
        while !isEnough(events), MonotonicTime.now < deadline {
            sleep(for: .milliseconds(1))
            events += try drain()
        }
        return events
    }
}

extension [RouteEvent] {
    fileprivate func links(_ change: RouteEvent.Change) -> Set<String> {
        Set(compactMap { if case .link(change, let link) = $0 { link.name } else { nil } })
    }

    fileprivate func addresses(_ change: RouteEvent.Change) -> Set<CIDR> {
        Set(compactMap { if case .address(change, let value) = $0 { value.address } else { nil } })
    }

    fileprivate func destinations(_ change: RouteEvent.Change) -> Set<CIDR> {
        Set(
            compactMap { if case .route(change, let value) = $0 { value.destination } else { nil } }
        )
    }
}
