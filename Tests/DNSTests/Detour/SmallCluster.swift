import Kubernetes
import Network
import Platform

@testable import DNS

/// The names of a cluster: default/web at 10.96.0.1, default/many, which is headless and has two
/// endpoints, default/out, which stands for www.example.com, and pods in namespaces of theirs.
struct SmallCluster: ~Copyable {
    let epochs: Epochs
    private(set) var writer: ClusterIndexWriter
    private var store: StoreWriter
    private let subscription: Subscription
    let settings: ClusterSettings

    init(_ change: (inout ClusterSettings) -> Void = { _ in }) throws {
        var settings = ClusterSettings(zones: [try DomainName("cluster.local")])
        settings.reverseZones = [try DomainName("in-addr.arpa"), try DomainName("ip6.arpa")]
        settings.fallthroughZones = settings.reverseZones
        settings.pods = .verified
        change(&settings)
        var store = StoreWriter()
        let subscription = store.store.subscribe(to: settings.kinds) {}
        try Self.fill(&store)
        let epochs = Epochs(readers: 16)
        var writer = try ClusterIndexWriter(settings, readers: epochs)
        writer.apply(subscription.look(), at: .now)
        (self.settings, self.epochs) = (settings, epochs)
        self.store = store
        self.subscription = subscription
        self.writer = writer
    }

    func zone() throws -> ClusterZone { try ClusterZone(writer.index, settings) }

    private static func fill(_ store: inout StoreWriter) throws {
        var services = store.beginReplacement(of: Service.self)
        services.stage(Service(web: "web", "10.96.0.1"))
        services.stage(Service(web: "many", "None"))
        var out = Service(web: "out", "")
        out.spec.type = .externalName
        out.spec.externalName = "www.example.com"
        services.stage(out)
        store.commit(services)
        var slices = store.beginReplacement(of: EndpointSlice.self)
        slices.stage(try slice())
        store.commit(slices)
        store.commit(store.beginReplacement(of: Namespace.self))
        replacePods([("a", "default", ["10.1.0.1"])], in: &store)
        store.publish()
    }

    private static func replacePods(
        _ pods: [(name: String, namespace: String, addresses: [String])],
        in store: inout StoreWriter
    ) {
        var staged = store.beginReplacement(of: Pod.self)
        for (name, namespace, addresses) in pods {
            var pod = Pod()
            (pod.metadata.name, pod.metadata.namespace) = (name, namespace)
            pod.status.phase = "Running"
            pod.status.podIPs = addresses.map { PodIP($0) }
            staged.stage(pod)
        }
        store.commit(staged)
    }

    /// Other pods take the place of all that there are.
    mutating func use(
        pods: [(name: String, namespace: String, addresses: [String])]
    ) {
        Self.replacePods(pods, in: &store)
        store.publish()
        writer.apply(subscription.look(), at: .now)
    }

    private static func slice() throws -> EndpointSlice {
        var slice = EndpointSlice()
        (slice.metadata.name, slice.metadata.namespace) = ("many-1", "default")
        slice.metadata.labels = [EndpointSlice.serviceLabel: "many"]
        slice.addressType = .ipv4
        for host in 1...2 {
            var endpoint = Endpoint()
            endpoint.addresses = [.v4(IPv4Address(10, 1, 0, UInt8(host)))]
            endpoint.conditions.ready = true
            try slice.endpoints.append(endpoint)
        }
        var port = EndpointPort()
        (port.name, port.port) = ("http", 8080)
        slice.ports = [port]
        return slice
    }
}
