import Kubernetes
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

/// Seven servers and more in one pod, each an endpoint by its port.
private struct Crowd {
    let lab: ProxyLab
    private let servers: [Server]
    private static let firstPort: UInt16 = 8101

    init(_ lab: ProxyLab, _ transport: TransportProtocol, count: Int) throws {
        self.lab = lab
        servers = try (0..<count).map { index in
            try lab.near[0].serve(transport, Port(Self.firstPort + UInt16(index)), as: "s\(index)")
        }
    }

    /// A slice for each endpoint, as only slices have ports.
    func slices(of service: String, _ members: some Sequence<Int>) -> [EndpointSlice] {
        members.map { member in
            lab.addresses.slice(
                of: service, [lab.addresses.endpoint("near1")],
                port: Self.firstPort + UInt16(member))
        }
    }
}

/// How often each server answered.
private typealias Shares = [String: Int]

extension ProxyLab {
    /// Opens connections from many threads; each asks the services in turn.
    ///
    /// Ports are given, for one of UDP that was used before belongs to a flow that is known already.
    /// None is used twice: a program that another test starts may hold a socket a little longer.
    fileprivate func shares(
        _ transport: TransportProtocol, of services: [Int], count: Int, firstPort: UInt16 = 20_000
    ) throws -> [Shares] {
        let (host, threads) = (client, 8)
        let address = try IPAddress(validating: addresses.pod(1, 2))
        let targets = try services.map {
            AddressAndPort(try IPAddress(validating: addresses.service($0)), 80)
        }
        let parts = try concurrently(Array(0..<threads), threads: threads) { thread in
            var shares = [Shares](repeating: [:], count: targets.count)
            for turn in stride(from: thread, to: count, by: threads) {
                for index in targets.indices {
                    let port = Port(firstPort + UInt16(turn * targets.count + index))
                    let answer = host.answer(
                        transport, targets[index], from: AddressAndPort(address, port))
                    shares[index][answer.server ?? "\(answer)", default: 0] += 1
                }
            }
            return shares
        }
        return services.indices.map { index in
            parts.reduce(into: [:]) { $0.merge($1[index], uniquingKeysWith: +) }
        }
    }
}

/// Whether all have their share, give or take one.
private func isStrict(_ shares: Shares, total: Int, among count: Int) -> Bool {
    shares.count == count
        && shares.allSatisfy { $0.key.hasPrefix("s") && abs($0.value * count - total) <= count }
        && shares.values.reduce(0, +) == total
}

@Suite(.requiresRoot) struct `Connections from many threads` {
    @Test(arguments: [
        (IPFamily.v4, TransportProtocol.tcp), (.v6, .tcp), (.v4, .udp), (.v6, .udp),
    ])
    func `come to each of seven endpoints in strict turn, before and after changes`(
        family: IPFamily, transport: TransportProtocol
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let crowd = try Crowd(lab, transport, count: 8)
            let proxy = try lab.start()
            let service = lab.addresses.service("strict", 1)
            try proxy.change { writer in
                writer.put(service)
                for slice in crowd.slices(of: "strict", 0..<7) { writer.put(slice) }
            }
            let shares = try lab.shares(transport, of: [1], count: 10_000)[0]
            #expect(isStrict(shares, total: 10_000, among: 7), "\(shares)")

            let gone = crowd.slices(of: "strict", [3])[0].key
            try proxy.change { $0.delete(EndpointSlice.self, gone) }
            let fewer = try lab.shares(transport, of: [1], count: 600, firstPort: 31_000)[0]
            #expect(isStrict(fewer, total: 600, among: 6) && fewer["s3"] == nil, "\(fewer)")

            try proxy.change { writer in
                for slice in crowd.slices(of: "strict", [3, 7]) { writer.put(slice) }
            }
            let more = try lab.shares(transport, of: [1], count: 800, firstPort: 32_000)[0]
            #expect(isStrict(more, total: 800, among: 8), "\(more)")
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `to two services by turns are counted for each alone`(family: IPFamily) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let crowd = try Crowd(lab, .udp, count: 7)
            let proxy = try lab.start()
            try proxy.change { writer in
                for (number, name) in [(1, "first"), (2, "second")] {
                    writer.put(lab.addresses.service(name, number))
                    for slice in crowd.slices(of: name, 0..<7) { writer.put(slice) }
                }
            }
            for shares in try lab.shares(.udp, of: [1, 2], count: 2000) {
                #expect(isStrict(shares, total: 2000, among: 7), "\(shares)")
            }
            withExtendedLifetime(proxy) {}
        }
    }
}

@Suite(.requiresRoot) struct `Services with a balancing of their own` {
    @Test func `weights of 5, 3 and 1 are exact`() throws {
        let lab = try ProxyLab(.v4)
        try lab.explaining {
            let crowd = try Crowd(lab, .udp, count: 3)
            let proxy = try lab.start()
            try proxy.change { writer in
                writer.put(
                    lab.addresses.service("weighted", 1) {
                        $0.metadata.annotations = [Balancing.annotation: "weighted"]
                    })
                for (member, weight) in [5, 3, 1].enumerated() {
                    var slice = crowd.slices(of: "weighted", [member])[0]
                    slice.metadata.annotations = [Balancing.weightAnnotation: "\(weight)"]
                    writer.put(slice)
                }
            }
            let shares = try lab.shares(.udp, of: [1], count: 9000)[0]
            #expect(shares == ["s0": 5000, "s1": 3000, "s2": 1000])
            withExtendedLifetime(proxy) {}
        }
    }

    @Test func `random ones are even within what chance allows`() throws {
        let lab = try ProxyLab(.v6)
        try lab.explaining {
            let crowd = try Crowd(lab, .udp, count: 3)
            let proxy = try lab.start()
            try proxy.change { writer in
                writer.put(
                    lab.addresses.service("random", 1) {
                        $0.metadata.annotations = [Balancing.annotation: "random"]
                    })
                for slice in crowd.slices(of: "random", 0..<3) { writer.put(slice) }
            }
            let shares = try lab.shares(.udp, of: [1], count: 3000)[0]
            // Six standard deviations of a third of 3000 are 155; strict turns would have none.
            #expect(shares.count == 3 && shares.values.allSatisfy { abs($0 - 1000) < 155 })
            #expect(!isStrict(shares, total: 3000, among: 3), "\(shares)")
            withExtendedLifetime(proxy) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `source-hash leaves clients where they are when another endpoint goes`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let crowd = try Crowd(lab, .udp, count: 4)
            let clients = (10..<34).map { lab.addresses.wire(9, $0) }
            try lab.outside.ip(
                batch: clients.map { "addr add \($0)/\(lab.addresses.wireLength) dev eth0" })
            let proxy = try lab.start()
            try proxy.change { writer in
                writer.put(
                    lab.addresses.service("hashed", 1) {
                        $0.metadata.annotations = [Balancing.annotation: "source-hash"]
                    })
                for slice in crowd.slices(of: "hashed", 0..<4) { writer.put(slice) }
            }
            let first = try servers(lab, clients)
            #expect(try servers(lab, clients) == first)
            #expect(Set(first) == ["s0", "s1", "s2", "s3"])

            let gone = crowd.slices(of: "hashed", [2])[0].key
            try proxy.change { $0.delete(EndpointSlice.self, gone) }
            let second = try servers(lab, clients)
            #expect(!second.contains("s2"))
            for (before, now) in zip(first, second) where before != "s2" { #expect(before == now) }
        }
    }

    private func servers(_ lab: ProxyLab, _ clients: [String]) throws -> [String] {
        try clients.map { client in
            let local = AddressAndPort(try IPAddress(validating: client), 0)
            let answer = try lab.outside.answer(.udp, lab.addresses.service(1), from: local)
            return answer.server ?? "\(answer)"
        }
    }
}
