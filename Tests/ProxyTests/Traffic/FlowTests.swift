import Kubernetes
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Flows while endpoints come and go` {
    @Test(arguments: IPFamily.allCases)
    func `S80 S84 a resolver on one UDP port is answered within a second of a replacement`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            try proxy.put(addresses.service("dns", 1), addresses.slice(of: "dns", pods: "near1"))
            let resolver = try lab.client.converse(.udp, with: lab.service(1))
            #expect(resolver.answer().server == "near1")

            for pod in ["there1", "near2", "there2"] {
                try proxy.put(
                    addresses.service("dns", 1), addresses.slice(of: "dns", pods: pod))
                #expect(firstAnswer(of: resolver, from: pod, within: .seconds(1)), "\(pod)")
            }
            // S84: the last endpoint goes, the client asks on, and a first one comes.
            try proxy.put(addresses.service("dns", 1), addresses.slice(of: "dns", []))
            try proxy.awaitCleanup(4)
            #expect(resolver.answer(within: .silence) == .refused)
            try proxy.put(addresses.service("dns", 1), addresses.slice(of: "dns", pods: "near1"))
            #expect(firstAnswer(of: resolver, from: "near1", within: .seconds(1)))
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S80 S84 a resolver is led on from what went while no proxy ran`(family: IPFamily) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            var proxy: RunningProxy? = try lab.start()
            let addresses = lab.addresses
            try proxy?.put(addresses.service("dns", 1), addresses.slice(of: "dns", pods: "near1"))
            let resolver = try lab.client.converse(.udp, with: lab.service(1))
            #expect(resolver.answer().server == "near1")

            proxy = nil
            lab.cluster.write { $0.put(addresses.slice(of: "dns", pods: "near2")) }
            proxy = try lab.start()
            #expect(firstAnswer(of: resolver, from: "near2", within: .seconds(1)))
            withExtendedLifetime(proxy) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S81 flows to an address are left alone by a service that only waits for it`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            let owner = addresses.service("owner", 1) { $0.expose(1, addresses) }
            var other = addresses.service("other", 2) { $0.expose(2, addresses) }
            other.spec.externalIPs = owner.spec.externalIPs
            try proxy.put(owner, addresses.slice(of: "owner", pods: "near1", "near2"))
            let target = AddressAndPort(try IPAddress(validating: addresses.external(1)), 80)
            let client = try lab.outside.converse(.udp, with: target)
            let second = try lab.outside.converse(.udp, with: lab.service(2))
            let server = client.answer().server

            try proxy.put(other, addresses.slice(of: "other", pods: "there1"))
            #expect(second.answer().server == "there1")
            try proxy.put(other, addresses.slice(of: "other", pods: "there2"))
            // What is stale is looked for after each change, all of it at once.
            #expect(firstAnswer(of: second, from: "there2", within: .seconds(1)))
            #expect(client.answer().server == server)
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S82 a resolver that asked while the table was gone is led to the service again`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            try proxy.put(addresses.service("dns", 1), addresses.slice(of: "dns", pods: "near1"))
            // Keeps the kernel tracking connections while the proxy's table is not there.
            let word = family == .v4 ? "ip" : "ip6"
            try lab.node.nft(
                "table \(word) other { chain c { type nat hook prerouting priority 0; }; }")
            let resolver = try lab.client.converse(.udp, with: lab.service(1))
            #expect(resolver.answer().server == "near1")
            // Whoever forgets the connection as well makes the next packet go nowhere.
            let target = StaleCheck.Target(.udp, try lab.service(1))
            let flushed = CleanupReports()
            let cleaner = try lab.node.run { try ConntrackCleaner { flushed.add($0) } }
            // The second time the proxy waits longer before it repairs: long enough for a question.
            for turn in 1...2 {
                try lab.node.nft("flush chain \(word) weft-proxy nat-prerouting")
                cleaner.add([StaleCheck(target, .serving([]))])
                try flushed.wait(for: turn)
                _ = resolver.answer(within: .milliseconds(20))
                try proxy.awaitRepair(turn)
                #expect(firstAnswer(of: resolver, from: "near1", within: .seconds(1)))
            }
        }
    }

    /// Asks like a resolver that repeats a question every few milliseconds.
    private func firstAnswer(
        of client: any Conversation, from server: String, within limit: Duration
    ) -> Bool {
        let deadline = MonotonicTime.now + limit
        while MonotonicTime.now < deadline {
            let reply = try? client.ask("", within: .milliseconds(50))
            if reply?.server == server { return true }
        }
        return false
    }

    @Test(arguments: IPFamily.allCases)
    func `S63 S83 connections of TCP go on, to those that stay and to those that go`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            let service = addresses.service("web", 1) { $0.expose(1, addresses) }
            try proxy.put(service, addresses.slice(of: "web", pods: "near1", "there1"))
            let clients = try [lab.client, lab.far, lab.node, lab.outside].flatMap { host in
                try (0..<4).map { _ in try host.converse(.tcp, with: lab.service(1)) }
            }
            let servers = try clients.map { try $0.ask().server }
            #expect(Set(servers) == ["near1", "there1"])
            for pods in [["near1"], ["near1", "near2", "there1"], ["there2"], []] {
                let endpoints = pods.map(addresses.endpoint)
                try proxy.put(service, addresses.slice(of: "web", endpoints))
                #expect(try clients.map { try $0.ask().server } == servers, "with \(pods)")
            }
            #expect(try lab.client.answer(.tcp, addresses.service(1)) == .refused)
            try proxy.change { $0.delete(Service.self, service.key) }
            #expect(try clients.map { try $0.ask().server } == servers)
        }
    }
}

extension ProxyLab {
    /// Where a service's own port is.
    func service(_ number: Int) throws -> AddressAndPort {
        AddressAndPort(try IPAddress(validating: addresses.service(number)), 80)
    }
}
