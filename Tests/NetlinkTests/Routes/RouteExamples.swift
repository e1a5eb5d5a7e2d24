import Netlink

extension RouteProtocol {
    static let test = RouteProtocol(rawValue: 87)
}

extension Route {
    /// A route of each kind, over two links with addresses as `RouteTests` gives them.
    static func examples(_ a: LinkIndex, _ b: LinkIndex) -> [Route] {
        [
            Route("10.7.0.0/16", via: "10.0.0.2", on: a, origin: .test),
            Route(
                "10.8.0.0/16", on: a, origin: .test, source: "10.0.1.1", metric: 50,
                metrics: Metrics(mtu: 1400, advertisedMSS: 1300)),
            Route(
                "0.0.0.0/0", via: "192.0.2.1", on: a, flags: .onLink,
                table: RouteTable(rawValue: 100_000), origin: .test),
            Route(
                "10.9.0.0/16",
                [NextHop("10.0.0.3", on: a), NextHop("10.0.1.3", on: b, weight: 256)],
                origin: .test),
            Route("10.10.0.0/16", via: "fd00:0::2", on: a, origin: .test),
            Route(
                "10.11.0.0/16",
                [NextHop("fd00:0::3", on: a), NextHop("10.0.1.4", on: b, flags: .onLink)],
                origin: .test),
            Route("10.12.0.0/16", [], type: .blackhole, origin: .test),
            Route("10.13.0.0/16", [], type: .unreachable, origin: .test),
            Route("10.14.0.0/16", [], type: .prohibit, origin: .test),
            Route("10.15.0.0/16", [], type: .throw, origin: .test),
        ]
    }

    static func examples6(_ a: LinkIndex, _ b: LinkIndex) -> [Route] {
        [
            Route("fd07::/64", via: "fd00:0::2", on: a, origin: .test, metric: 1024),
            Route(
                "::/0", via: "fd00:1::2", on: b, table: RouteTable(rawValue: 300), origin: .test,
                metric: 5),
            Route(
                "fd08::/64",
                [NextHop("fd00:0::3", on: a), NextHop("fd00:1::3", on: b, weight: 3)],
                origin: .test, metric: 1024),
        ]
    }
}
