import Kubernetes
import NFTables
import Netlink
import Network
import Platform
import Support
import TestSupport
import Testing

@testable import Proxy

@Suite struct `What the proxy reports of its work` {
    private func reporter(_ family: IPFamily = .v4) throws -> ProxyReporter {
        var settings = ProxySettings(nodeName: "n1")
        settings.families = [family]
        return try ProxyReporter(settings, patience: .seconds(60), Log { _ in })
    }

    private func expect(
        _ reporter: ProxyReporter, _ family: IPFamily, _ values: KeyValuePairs<String, Int>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let lines = Exposition.text(reporter.metrics.families).split(separator: "\n")
        for (name, value) in values {
            let line = "\(name){ip_family=\"\(family)\"} \(value)"
            let found = lines.filter { $0.hasPrefix("\(name){") }
            #expect(found == [line[...]], sourceLocation: sourceLocation)
        }
    }

    private static let changes = "kubeproxy_sync_proxy_rules"
    private static let latency = "kubeproxy_network_programming_duration_seconds_count"

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `changes are counted as they come, latencies when they are in the kernel`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        let reporter = try lab.node.run { try self.reporter(family) }
        let proxy = try lab.start(telling: { reporter.take($0) })
        let addresses = lab.addresses
        var slice = addresses.slice(of: "web", pods: "near1", "there1")
        slice.metadata.annotations = [ProgrammingLatency.annotation: WallTime.now.text]
        try proxy.put(addresses.service("web", 1), slice)
        // The lab changes a service of its own together with each change.
        expect(
            reporter, family,
            [
                "\(Self.changes)_service_changes_total": 2, Self.latency: 1,
                "\(Self.changes)_endpoint_changes_total": 1,
                "\(Self.changes)_service_changes_pending": 0,
                "\(Self.changes)_endpoint_changes_pending": 0, "weft_proxy_endpoints": 6,
            ])
        // What the control plane noted before was in the kernel already.
        let note = slice.metadata.annotations
        slice = addresses.slice(of: "web", pods: "near1")
        slice.metadata.annotations = note
        var other = slice
        other.metadata.name = "other"
        other.addressType = family == .v4 ? .ipv6 : .ipv4
        try proxy.change { writer in
            writer.put(slice)
            writer.put(other)
        }
        expect(
            reporter, family,
            [
                "\(Self.changes)_service_changes_total": 3, Self.latency: 1,
                "\(Self.changes)_endpoint_changes_total": 2, "weft_proxy_endpoints": 3,
            ])
        try proxy.change { $0.delete(Service.self, ObjectKey(namespace: "lab", name: "web")) }
        expect(reporter, family, ["weft_proxy_endpoints": 0])
    }

    @Test func `changes are pending until a sync has succeeded`() throws {
        let reporter = try reporter()
        let pending = "\(Self.changes)_service_changes_pending"
        reporter.take(.taken(.v4, services: 2, slices: 1))
        reporter.take(.failed(.v4, NFTablesError(.netlink(.interrupted), "test"), services: []))
        reporter.take(.taken(.v4, services: 1, slices: 0))
        expect(reporter, .v4, [pending: 3, "\(Self.changes)_endpoint_changes_pending": 1])
        let applied = SyncEvent.Applied(
            services: 3, total: 3, backends: 0, conflicts: 0, refused: 0, elements: 9, commands: 9,
            duration: .milliseconds(1), isFull: true)
        reporter.take(.applied(.v4, applied))
        expect(
            reporter, .v4,
            [
                pending: 0, "\(Self.changes)_endpoint_changes_pending": 0,
                "\(Self.changes)_service_changes_total": 3,
            ])
    }

    @Test func `changes that nobody has looked at are pending`() throws {
        let reporter = try reporter()
        var writer = StoreWriter()
        let subscription = writer.store.subscribe(to: ServiceProxy.kinds) {}
        reporter.metrics.countPending(of: subscription)
        let pending = "\(Self.changes)_endpoint_changes_pending"
        for (type, count) in [(AddressType.ipv6, 0), (.ipv4, 1)] {
            var slice = EndpointSlice()
            slice.metadata.name = "\(type)"
            slice.addressType = type
            writer.put(slice)
            writer.publish()
            expect(reporter, .v4, [pending: count])
        }
        _ = subscription.look()
        expect(reporter, .v4, [pending: 0])
    }

    @Test func `what another proxy has left counts as a failed cleanup`() throws {
        let reporter = try reporter()
        reporter.take(.leftBehind(.v4, NFTablesError(.netlink(.interrupted), "test")))
        expect(reporter, .v4, ["\(Self.changes)_nftables_cleanup_failures_total": 1])
    }
}

@Suite struct `Changes until they are in the kernel` {
    @Test func `a slice that changed again counts from its first change`() {
        var writer = StoreWriter()
        let subscription = writer.store.subscribe(to: ServiceProxy.kinds) {}
        var changes = UnappliedChanges()
        for note in ["first", "second"] {
            var slice = EndpointSlice()
            slice.metadata.name = "web"
            slice.metadata.annotations = [ProgrammingLatency.annotation: note]
            writer.put(slice)
            writer.publish()
            changes.add(UnappliedChanges(subscription.look(), .v4))
        }
        #expect(changes.slices == 2 && changes.notes.count == 1)
        #expect(changes.notes.values.first?[ProgrammingLatency.annotation] == "first")
    }
}
