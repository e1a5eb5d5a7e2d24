import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Traffic control` {
    @Test(arguments: [
        TokenBucket(rate: 125_000, burst: 20_000, latency: .milliseconds(25)),
        TokenBucket(rate: 1_250_000_000, burst: 1_000_000, limit: 5_000_000),
        TokenBucket(rate: 12_500_000_000, burst: 4_000_000, limit: 9_000_000),
    ])
    func `a token bucket is read back as it was written`(bucket: TokenBucket) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            try routes.run(.replace(Qdisc(.tokenBucket(bucket), on: link)))
            let read = try #require(try routes.find(.qdisc(at: .root, on: link)))
            guard case .tokenBucket(let found) = read.kind else { throw LabError("\(read)") }
            #expect(found.rate == bucket.rate && found.limit == bucket.limit)
            let tick = Int(bucket.rate * 64 / 1_000_000_000) + 1
            #expect(abs(Int(found.burst) - Int(bucket.burst)) <= tick)
            #expect(try routes.list(.qdiscs).contains(read))
            let shown = try host.command("tc", ["-j", "qdisc", "show", "dev", "a"])
            #expect(shown.contains(#""kind":"tbf""#) && shown.contains(#""rate":\#(bucket.rate)"#))

            try routes.run(.delete(read))
            #expect(try routes.find(.qdisc(at: .root, on: link))?.kind == .other("noqueue"))
        }
    }

    @Test func `latency is the time the waiting packets take`() {
        let bucket = TokenBucket(rate: 1_000_000, burst: 5000, latency: .milliseconds(50))
        #expect(bucket.limit == 55_000)
        let wide = TokenBucket(rate: .max, burst: 1, latency: .seconds(1 << 40))
        #expect(wide.limit == .max)
    }

    @Test(arguments: [Qdisc.Kind.ingress, .clsact])
    func `packets that arrive are handed to another link`(kind: Qdisc.Kind) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let ifb = try routes.create(NewLink(.init("ifb", isUp: true), .ifb))
            let qdisc = Qdisc(kind, on: link)
            let filter = TrafficFilter(.u32, .redirect(to: ifb), on: link)
            try routes.run(.add(qdisc), .add(filter))
            #expect(try routes.list(.qdiscs).contains(qdisc))
            let filters = try routes.list(.filters(at: .ingressFilters, on: link))
            #expect(filters.filter { $0.action != nil } == [filter])

            try host.sendDatagram(from: try routes.link("b").index)
            #expect(try routes.link("ifb").statistics.received.packets > 0)

            try routes.run(.delete(filter))
            #expect(try routes.list(.filters(at: .ingressFilters, on: link)).isEmpty)
            try routes.run(.delete(qdisc))
            #expect(try !routes.list(.qdiscs).contains(qdisc))
        }
    }

    @Test func `packets that leave are copied to another link`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let link = try routes.pair("a", "b")
            let ifb = try routes.create(NewLink(.init("ifb", isUp: true), .ifb))
            let filter = TrafficFilter(
                .u32, .mirror(to: ifb), on: link, parent: .egressFilters, priority: 7)
            try routes.run(.add(Qdisc(.clsact, on: link)), .add(filter))
            let filters = try routes.list(.filters(at: .egressFilters, on: link))
            #expect(filters.filter { $0.action != nil } == [filter])
            let shown = try host.command("tc", ["filter", "show", "dev", "a", "egress"])
            #expect(shown.contains("mirred (Egress Mirror to device ifb) pipe"))
            #expect(shown.contains("pref 7 u32") && shown.contains("match 00000000/00000000"))
        }
    }

    @Test func `a classifier the kernel lacks is told of by name`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let link = try routes.pair("a", "b")
            try routes.run(.add(Qdisc(.clsact, on: link)))
            let filter = TrafficFilter(.matchAll, .redirect(to: link), on: link)
            do {
                try routes.run(.add(filter))
                #expect(try routes.list(.filters(at: .ingressFilters, on: link)) == [filter])
            } catch let error as NetlinkError {
                #expect(error.code == .unsupported(.noSuchEntry))
                #expect(
                    error.description.contains("no matchall filters that redirect in this kernel"))
                #expect(error.description.contains("CONFIG_NET_CLS_MATCHALL"))
            }
        }
    }

    @Test(arguments: ["tbf", "ingress", "clsact", "fq_codel", "none"])
    func `what probing for a qdisc says is what creation does`(name: String) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var routes = try host.routes()
            let before = try routes.list(.qdiscs)
            let hasKind = try routes.supports(.qdiscs(name))
            #expect(try routes.list(.qdiscs) == before)
            let link = try routes.pair("a", "b")
            let outcome = try routes.outcomes(of: [.add(Qdisc(.example(name), on: link))])[0]
            if hasKind { #expect(outcome == nil) }
            if !hasKind { #expect(outcome?.code == .unsupported(.noSuchEntry)) }
            if name == "none" { #expect(!hasKind) }
        }
    }
}

extension Qdisc.Kind {
    fileprivate static func example(_ name: String) -> Qdisc.Kind {
        switch name {
        case "tbf": .tokenBucket(TokenBucket(rate: 1_000_000, burst: 10_000, limit: 20_000))
        case "ingress": .ingress
        case "clsact": .clsact
        default: .other(name)
        }
    }
}
