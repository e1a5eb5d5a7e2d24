import Kubernetes
import Network
import Platform
import Support
import Synchronization
import TestSupport
import Testing

@testable import Bench

@Suite(.requiresRoot) struct `kube-proxy beside Weft` {
    /// What the metrics of a kube-proxy say.
    private final class Metrics: Sendable {
        let text = Mutex("")

        func set(synced: [Double], queued: Double) {
            let families = zip(["IPv4", "IPv6"], synced)
            let name = "kubeproxy_sync_proxy_rules_last"
            text.withLock {
                $0 =
                    families.map { "\(name)_timestamp_seconds{ip_family=\"\($0)\"} \($1)\n" }
                    .joined()
                    + "\(name)_queued_timestamp_seconds{ip_family=\"IPv4\"} \(queued)\n"
            }
        }
    }

    /// A stand-in that is as patient as the real one.
    private func standIn(_ scratch: ScratchDirectory, _ words: String) throws -> String {
        try scratch.write("kube-proxy", "#!/bin/sh\n\(words)\n", mode: 0o700)
    }

    @Test func `is synchronized once each family has done what it was told last`() throws {
        let host = try Lab().host("node")
        let metrics = Metrics()
        let listener = try host.run {
            try StatusServer(AddressAndPort(.v4(.loopback), 10249)) { _ in
                Response(metrics.text.withLock(\.self))
            }
        }
        let scratch = try ScratchDirectory()
        let server = try APIServer.listening(in: host.namespace, APIObjects(ServedObjects()))
        let proxy = try KubeProxy(
            try standIn(scratch, "exec sleep 60"), KubeProxy.Settings(), server, in: host.namespace)
        for (synced, queued, isSynced) in [
            ([], 0, false), ([100], 90, false), ([100, 0], 90, false), ([100, 100], 90, true),
            ([100, 100], 101, false), ([102, 100], 101, true),
        ] as [([Double], Double, Bool)] {
            metrics.set(synced: synced, queued: queued)
            #expect(proxy.isSynced == isSynced, "\(synced) \(queued)")
        }
        try proxy.waitUntilSynced(within: .patience)
        withExtendedLifetime(listener) {}
    }

    @Test func `is told with its own words when it does not start`() throws {
        let host = try Lab().host("node")
        let scratch = try ScratchDirectory()
        let server = try APIServer.listening(in: host.namespace, APIObjects(ServedObjects()))
        let path = try standIn(scratch, "echo \"no such mode: $2\"; exit 1")
        let proxy = try KubeProxy(path, KubeProxy.Settings(), server, in: host.namespace)
        let error = #expect(throws: BenchError.self) {
            try proxy.waitUntilSynced(within: .patience)
        }
        #expect(error?.cause.contains("no such mode: --proxy-mode=nftables") == true)
    }

    private static let real = PeerPaths.here["kube-proxy"]

    @Test(
        .enabled(if: real != nil, "WEFT_KUBE_PROXY names no program"),
        arguments: KubeProxy.Mode.allCases, IPFamily.allCases)
    func `leads connections and datagrams to endpoints that our server tells it of`(
        mode: KubeProxy.Mode, family: IPFamily
    ) throws {
        let lab = Lab()
        let node = try lab.host("node")
        // The client is in network 1, an endpoint each in 2 and 3.
        let hosts = try (1...3).map { number in
            let host = try lab.host("host-\(number)")
            try lab.connect(
                host, "eth0", ["10.\(number).0.2/24", "fd0\(number)::2/64"], node,
                "to-\(number)", ["10.\(number).0.1/24", "fd0\(number)::1/64"])
            try host.route("default", via: "10.\(number).0.1")
            try host.route("default", via: "fd0\(number)::1")
            return host
        }
        try node.forward()
        let servers = try [TransportProtocol.tcp, .udp].flatMap { transport in
            try hosts.dropFirst().map { try $0.serve(transport, 8080) }
        }
        let cluster = PodCluster(family)
        let objects = try APIObjects(cluster.objects)
        let server = try APIServer.listening(in: node.namespace, objects)
        var settings = KubeProxy.Settings()
        settings.mode = mode
        let proxy = try KubeProxy(Self.real ?? "", settings, server, in: node.namespace)
        try proxy.waitUntilSynced()
        for transport in [TransportProtocol.tcp, .udp] {
            #expect(try hosts[0].ask(transport, cluster.target).server == "host-2")
        }
        // Its only endpoint moves, and connections with it.
        var watch = try RuleWatch(in: node.namespace)
        try objects.put(try cluster.slice(in: 3))
        #expect(try watch.next(until: .now + .patience) != nil)
        #expect(try hosts[0].ask(.tcp, cluster.target).server == "host-3")
        withExtendedLifetime(servers) {}
    }
}

/// A service of TCP and UDP with one endpoint.
private struct PodCluster {
    private let family: IPFamily

    init(_ family: IPFamily) { self.family = family }

    private func address(_ v4: String, _ v6: String) throws -> IPAddress {
        try IPAddress(validating: family == .v4 ? v4 : v6)
    }

    var target: AddressAndPort {
        get throws { AddressAndPort(try address("10.96.0.10", "fd00:10:96::10"), 80) }
    }

    var objects: ServedObjects {
        get throws {
            var service = Service()
            service.metadata.name = "web"
            service.metadata.namespace = "shop"
            service.spec.clusterIPs = [.address(try target.address)]
            service.spec.ipFamilies = [family]
            service.spec.ports = [TransportProtocol.tcp, .udp].map { transport in
                var port = ServicePort()
                (port.name, port.transport, port.port) = ("\(transport)", transport, 80)
                return port
            }
            var objects = ServedObjects()
            objects.services = [service]
            objects.slices = [try slice(in: 2)]
            objects.nodes = PlainCluster(services: 0, endpoints: 0, nodes: 1).nodes
            return objects
        }
    }

    func slice(in network: Int) throws -> EndpointSlice {
        var slice = EndpointSlice()
        slice.metadata.name = "web-1"
        slice.metadata.namespace = "shop"
        slice.metadata.labels[EndpointSlice.serviceLabel] = "web"
        slice.addressType = family == .v4 ? .ipv4 : .ipv6
        slice.ports = [TransportProtocol.tcp, .udp].map { transport in
            var port = EndpointPort()
            (port.name, port.transport, port.port) = ("\(transport)", transport, 8080)
            return port
        }
        var endpoint = Endpoint()
        endpoint.addresses = [try address("10.\(network).0.2", "fd0\(network)::2")]
        endpoint.nodeName = "node-0"
        try slice.endpoints.append(endpoint)
        return slice
    }
}
