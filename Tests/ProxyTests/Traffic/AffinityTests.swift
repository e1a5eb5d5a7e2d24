import Kubernetes
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Clients that stay with their backend` {
    /// A lab whose service 1 has affinity and some pods.
    private struct Scene {
        let lab: ProxyLab
        var addresses: LabAddresses { lab.addresses }

        init(_ family: IPFamily) throws { lab = try ProxyLab(family) }

        func service(
            seconds: Int32 = 600, _ change: (inout Service) -> Void = { _ in }
        ) -> Service {
            addresses.service("sticky", 1) { service in
                service.expose(1, addresses)
                service.spec.sessionAffinity = .clientIP
                service.spec.sessionAffinityConfig.clientIP.timeoutSeconds = seconds
                change(&service)
            }
        }

        func slice(_ pods: String...) -> EndpointSlice {
            addresses.slice(of: "sticky", pods.map(addresses.endpoint))
        }

        /// The servers of so many connections.
        func servers(
            _ client: LabClient, _ entry: Entry = .clusterIP,
            _ transport: TransportProtocol = .tcp, count: Int = 6
        ) throws -> Set<String> {
            let (address, port) = lab.target(entry, 1)
            return Set(
                try (0..<count).map { _ in
                    let answer = try lab.host(of: client).answer(transport, address, port)
                    return answer.server ?? "\(answer)"
                })
        }
    }

    private static let all = ["near1", "near2", "there1", "there2"]

    @Test(arguments: IPFamily.allCases)
    func `S59 meet it again, by any address of the port`(family: IPFamily) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            let proxy = try scene.lab.start()
            try proxy.put(scene.service(), scene.slice("near1", "near2", "there1", "there2"))
            var met: Set<String> = []
            for transport in TransportProtocol.allCases {
                for client in LabClient.allCases {
                    let first = try scene.servers(client, .clusterIP, transport)
                    #expect(first.count == 1 && first.isSubset(of: Self.all), "\(first)")
                    for entry in [Entry.nodePort, .loadBalancer, .externalIP] {
                        #expect(try scene.servers(client, entry, transport, count: 3) == first)
                    }
                    met.formUnion(first)
                }
            }
            #expect(met == Set(Self.all))
            withExtendedLifetime(proxy) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S25 S59 are balanced again when they were away for the idle time`(
        family: IPFamily
    ) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            let proxy = try scene.lab.start()
            try proxy.put(scene.service(seconds: 1), scene.slice("near1", "near2"))
            let first = try scene.servers(.pod)
            // Each connection begins the time anew.
            for _ in 0..<4 {
                sleep(for: .milliseconds(400))
                #expect(try scene.servers(.pod, count: 1) == first)
            }
            sleep(for: .milliseconds(1100))
            #expect(try scene.servers(.pod, count: 1).isDisjoint(with: first))
            withExtendedLifetime(proxy) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S58 S59 stay through a restart, other endpoints and other topology`(
        family: IPFamily
    ) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            var proxy: RunningProxy? = try scene.lab.start()
            try proxy?.put(scene.service(), scene.slice("near1", "there1"))
            let clients = [LabClient.pod, .far, .outside]
            let first = try clients.map { try scene.servers($0) }
            #expect(Set(first.flatMap(\.self)) == ["near1", "there1"])

            proxy = nil
            proxy = try scene.lab.start()
            #expect(try clients.map { try scene.servers($0) } == first)
            try proxy?.put(scene.service(), scene.slice("near1", "there1", "near2", "there2"))
            #expect(try clients.map { try scene.servers($0) } == first)
            // Hints that leave those two (S30).
            let hinted = ["near1", "there1"].map { "\($0) ready node:n1" }
            let others = ["near2", "there2"].map { "\($0) ready node:n2" }
            let endpoints = (others + hinted).map(scene.addresses.endpoint)
            try proxy?.put(
                scene.service(), scene.addresses.slice(of: "sticky", endpoints))
            #expect(try clients.map { try scene.servers($0) } == first)
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S59 are given another at once when it goes, and only they`(family: IPFamily) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            let proxy = try scene.lab.start()
            try proxy.put(scene.service(), scene.slice("near1", "there1"))
            let clients = [LabClient.pod, .far, .outside]
            let first = try clients.map { try scene.servers($0) }
            #expect(Set(first.flatMap(\.self)) == ["near1", "there1"])

            try proxy.put(scene.service(), scene.slice("near1", "near2"))
            for (client, before) in zip(clients, first) {
                let now = try scene.servers(client)
                #expect(now.count == 1 && now.isSubset(of: ["near1", "near2"]))
                if before == ["near1"] { #expect(now == before) }
            }
            // An endpoint that comes back is another: nobody is still bound to it.
            try proxy.put(scene.service(), scene.slice("near2", "there1"))
            #expect(try clients.allSatisfy { try scene.servers($0).count == 1 })
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `are more than are remembered, and all are served`(family: IPFamily) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            let proxy = try scene.lab.start { $0.table.affinitySize = 2 }
            try proxy.put(scene.service(), scene.slice("near1", "near2", "there1", "there2"))
            for transport in TransportProtocol.allCases {
                for client in LabClient.allCases {
                    let met = try scene.servers(client, .clusterIP, transport)
                    #expect(met.isSubset(of: Self.all), "\(client) by \(transport)")
                }
            }
            withExtendedLifetime(proxy) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S52 S59 never leave the node where the policy is local`(family: IPFamily) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            let proxy = try scene.lab.start()
            try proxy.put(
                scene.service { $0.spec.externalTrafficPolicy = .local },
                scene.slice("near1", "there1", "there2"))
            // Until the machine outside is bound to an endpoint elsewhere, by the service's address.
            var tries = 0
            while try scene.servers(.outside) == ["near1"], tries < 3 {
                tries += 1
                try proxy.put(
                    scene.service { $0.spec.externalTrafficPolicy = .local },
                    scene.slice("there1", "there2"))
                #expect(try scene.servers(.outside).isSubset(of: ["there1", "there2"]))
                try proxy.put(
                    scene.service { $0.spec.externalTrafficPolicy = .local },
                    scene.slice("near1", "there1", "there2"))
            }
            #expect(try scene.servers(.outside).isSubset(of: ["there1", "there2"]))
            #expect(try scene.servers(.outside, .nodePort) == ["near1"])
            #expect(try scene.servers(.outside, .loadBalancer) == ["near1"])
            // S59: both ways share what is remembered.
            #expect(try scene.servers(.outside) == ["near1"])
        }
    }
}
