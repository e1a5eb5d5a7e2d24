import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Flows to endpoints that are drained` {
    @Test(
        arguments: IPFamily.allCases,
        [(.tcp, .sctp), (.sctp, .tcp)] as [(TransportProtocol, TransportProtocol)])
    func `a flow to a removed endpoint ends after the grace of its protocol, others go on`(
        family: IPFamily, transports: (drained: TransportProtocol, other: TransportProtocol)
    ) throws {
        let (drained, other) = transports
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start { $0.graces = [drained: Self.grace] }
            let addresses = lab.addresses
            let service = addresses.service("web", 1)
            try proxy.put(service, addresses.slice(of: "web", pods: "near1", "there1"))
            let flows = try [drained, other].flatMap { transport in
                try (0..<2).map { _ in try lab.client.converse(transport, with: lab.service(1)) }
            }
            let servers = try flows.map { try $0.ask().server }
            #expect(Set(servers[..<2]) == ["near1", "there1"])
            #expect(Set(servers[2...]) == ["near1", "there1"])

            let start = MonotonicTime.now
            try proxy.put(service, addresses.slice(of: "web", pods: "there1"))
            #expect(flows.map { $0.answer().server } == servers, "in the grace")
            try proxy.awaitCleanup(1)
            #expect(MonotonicTime.now - start >= Self.grace)
            var conntrack = try ConntrackSocket(in: lab.node.namespace)
            let gone = try IPAddress(validating: addresses.pod(1, 0))
            let left = try conntrack.connections().filter { $0.reply.source == gone }
            #expect(left.map(\.original.transport) == [IPProtocol(other)])
            for (flow, server) in zip(flows[2...], servers[2...]) {
                #expect(flow.answer().server == server)
            }
            for (flow, server) in zip(flows[..<2], servers[..<2]) {
                let now = flow.answer(within: .silence).server
                // A socket of SCTP begins anew by itself, with who is left.
                #expect(server == "near1" ? now != server : now == server)
            }
        }
    }

    private static let grace = Duration.seconds(1)
}
