import Netlink
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Connections` {
    /// Enough links that listing them takes several datagrams.
    private static let pairs = 60

    private static func prepare(_ host: Host) throws -> Set<String> {
        var routes = try host.routes()
        for number in 0..<pairs {
            _ = try routes.create(
                NewLink(.init(.numbered("a", number)), .veth(.init(.numbered("b", number)))))
        }
        return Set(try routes.list(.links).map(\.name))
    }

    @Test func `a dump that changed under our eyes is repeated`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            let names = try Self.prepare(host)
            var connection = try Connection(.route, in: host.namespace)
            var other = try host.routes()
            var messages = 0
            let links = try connection.collect(Query<Link>.links.request) {
                message throws(NetlinkError) -> Link? in
                messages += 1
                if messages == 1 { _ = try other.create(NewLink(.init("new"), .ifb)) }
                return try Link(message)
            }
            #expect(Set(links.map(\.name)) == names.union(["new"]))
            #expect(links.count == names.count + 1, "nothing is listed twice")
            #expect(messages > links.count, "it was read again")
        }
    }

    @Test func `a dump that always changes is given up with a word`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            _ = try Self.prepare(host)
            var connection = try Connection(.route, in: host.namespace)
            var other = try host.routes()
            var number = 0
            let error = #expect(throws: NetlinkError.self) {
                _ = try connection.collect(Query<Link>.links.request) {
                    message throws(NetlinkError) -> Link? in
                    guard let link = try Link(message), link.name == "lo" else { return nil }
                    number += 1
                    _ = try other.create(NewLink(.init(.numbered("new", number)), .ifb))
                    return link
                }
            }
            #expect(error?.code == .interrupted && error?.operation == "list links")
            #expect(number > 1)
            #expect(try connection.list(.links).count > number)
        }
    }

    @Test func `an answer nobody can read does not block the next one`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            let names = try Self.prepare(host)
            var connection = try Connection(.route, in: host.namespace)
            let error = #expect(throws: NetlinkError.self) {
                _ = try connection.collect(Query<Link>.links.request) {
                    _ throws(NetlinkError) -> Link? in
                    throw NetlinkError(.malformed, "test")
                }
            }
            #expect(error?.code == .malformed)
            #expect(Set(try connection.list(.links).map(\.name)) == names)
        }
    }

    @Test func `answers that did not fit are noticed`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var connection = try Connection(.route, in: host.namespace)
            try connection.reserveReceiveBuffer(1)
            let requests = (0..<64).map { Request.delete(.name(.numbered("none", $0))) }
            let error = #expect(throws: NetlinkError.self) {
                _ = try connection.outcomes(of: requests)
            }
            #expect(error?.code == .overrun)
            #expect(try connection.list(.links).map(\.name) == ["lo"])
        }
    }

    @Test func `each of many requests has its own outcome`() throws {
        try withLab { lab in
            var routes = try lab.host("host").routes()
            let requests = (0..<200).map { number -> Request in
                number % 3 == 0
                    ? .delete(.name("none"))
                    : .create(NewLink(.init(.numbered("i", number)), .ifb))
            }
            let outcomes = try routes.outcomes(of: requests)
            for (number, outcome) in outcomes.enumerated() {
                #expect((outcome != nil) == (number % 3 == 0), "\(number)")
            }
            let last = #expect(throws: NetlinkError.self) { try routes.run(requests) }
            #expect(last?.operation == "delete link", "the first failure is told")
        }
    }

    @Test func `one odd name hides no other link`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            try host.command(
                "sh", ["-c", #"ip link add "$(printf 'odd\377')" type veth peer name even"#])
            var routes = try host.routes()
            #expect(Set(try routes.list(.links).map(\.name)) == ["lo", "odd\u{FFFD}", "even"])
        }
    }
}
