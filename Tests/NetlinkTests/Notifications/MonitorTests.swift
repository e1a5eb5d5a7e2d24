import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Monitors` {
    private static let neighbour: MACAddress = "02:00:00:00:00:02"

    /// Requests for one object of each kind, and those that take them away again.
    private static func requests(_ link: LinkIndex) -> (make: [Request], remove: [Request]) {
        let addresses = ["10.0.0.1/24", "fd00::1/64"].map { (address: CIDR) in
            InterfaceAddress(address, on: link, flags: .noDuplicateDetection)
        }
        let routes = ["10.7.0.0/16", "fd07::/64"].map { (to: CIDR) in Route(to, on: link) }
        let rules = IPFamily.allCases.map { RoutingRule($0, priority: 9, .blackhole) }
        let neighbour = Neighbour("10.0.0.2", at: neighbour, on: link)
        return (
            addresses.map(Request.add) + routes.map(Request.add) + rules.map(Request.add)
                + [.add(neighbour), .change(.index(link), .mtu(1300))],
            [.delete(neighbour)] + rules.map(Request.delete) + routes.map(Request.delete)
                + addresses.map(Request.delete) + [.delete(.index(link))]
        )
    }

    @Test func `every kind of change is told`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            try host.waitUntilUp(link)
            var monitor = try Monitor<RouteEvent>(
                .links, .addresses4, .addresses6, .routes4, .routes6, .rules4, .rules6,
                .neighbours, in: host.namespace)
            let (make, remove) = Self.requests(link)
            let objects: Set = [
                "10.0.0.1/24", "fd00::1/64", "10.7.0.0/16", "fd07::/64", "v4 rule", "v6 rule",
                "10.0.0.2",
            ]
            try routes.run(make)
            let added = try monitor.read(until: objects.union(["a"]), .set)
            #expect(added.isSuperset(of: objects) && added.contains("a"))
            try routes.run(remove)
            let ends: Set = ["a", "b"]
            let removed = try monitor.read(until: objects.union(ends), .removed)
            #expect(removed.isSuperset(of: objects) && removed.isSuperset(of: ends))
        }
    }

    @Test func `a port that leaves its bridge is not gone`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let bridge = try routes.create(
                NewLink(.init("br0", isUp: true), .bridge(Bridge())))
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
                let inside = NewLink.End("eth0", in: NamespaceReference(pod))
                return try routes.create(NewLink(inside, .veth(.init("veth1"))))
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
}

extension [RouteEvent] {
    fileprivate func links(_ change: RouteEvent.Change) -> Set<String> {
        Set(compactMap { if case .link(change, let link) = $0 { link.name } else { nil } })
    }
}

extension Monitor<RouteEvent> {
    /// Reads until all of these objects were told of; the kernel tells of some later.
    fileprivate mutating func read(
        until wanted: Set<String>, _ change: RouteEvent.Change
    ) throws -> Set<String> {
        let deadline = MonotonicTime.now + .seconds(10)
        var seen = Set<String>()
        while !seen.isSuperset(of: wanted),
            try socket.socket.descriptor.wait(for: .read, until: deadline)
        {
            seen.formUnion(try drain().compactMap { $0.subject(change) })
        }
        return seen
    }
}

extension RouteEvent {
    /// What the event is about, if it is such a change.
    fileprivate func subject(_ wanted: Change) -> String? {
        switch self {
        case .link(wanted, let link): link.name
        case .address(wanted, let address): "\(address.address)"
        case .route(wanted, let route): "\(route.destination)"
        case .rule(wanted, let rule):
            rule.priority == 9 ? "\(rule.family == .v4 ? "v4" : "v6") rule" : nil
        case .neighbour(wanted, let neighbour): "\(neighbour.address)"
        default: nil
        }
    }
}
