package import Kubernetes
import Network
import Synchronization

/// The objects of a set of services, as a source would have written them.
package final class ServiceStore: Sendable {
    package let set: ServiceSet
    package let store: ObjectStore
    private let content: Mutex<Content>

    private struct Content: ~Copyable {
        var writer = StoreWriter()
        let pool = SharingPool()
    }

    package init(_ set: ServiceSet) throws(BenchError) {
        var content = Content()
        try BenchError.of(.file, "make the objects of \(set.count) services") {
            try set.fill(&content.writer, content.pool)
        }
        self.set = set
        store = content.writer.store
        self.content = Mutex(content)
    }
}

extension ServiceStore {
    /// Shows consumers what was written since the last time.
    package func publish() { content.withLock { $0.writer.publish() } }

    private func write(_ body: (inout StoreWriter, SharingPool) throws -> Void) rethrows {
        try content.withLock { try body(&$0.writer, $0.pool) }
    }

    /// Gives a service the endpoints of these numbers.
    package func setEndpoints(_ indices: [Int], of number: Int) throws {
        let entry = set.entry(number, endpoints: indices)
        try write { writer, pool in
            for family in set.families { writer.put(try entry.slice(family, pool)) }
        }
    }

    package func add(_ number: Int) throws {
        let entry = set.entry(number)
        try write { writer, pool in
            writer.put(entry.service())
            for family in set.families { writer.put(try entry.slice(family, pool)) }
        }
    }

    package func remove(_ number: Int) {
        let entry = set.entry(number, endpoints: [])
        write { writer, _ in
            writer.delete(Service.self, entry.service().key)
            for family in set.families {
                writer.delete(EndpointSlice.self, entry.sliceKey(family))
            }
        }
    }
}

extension ServiceSet {
    fileprivate func fill(_ writer: inout StoreWriter, _ pool: SharingPool) throws {
        var services = writer.beginReplacement(of: Service.self)
        var slices = writer.beginReplacement(of: EndpointSlice.self)
        for number in numbers {
            let entry = entry(number)
            services.stage(entry.service())
            for family in families { slices.stage(try entry.slice(family, pool)) }
        }
        writer.commit(services)
        writer.commit(slices)
        var nodes = writer.beginReplacement(of: Node.self)
        for number in 1...2 { nodes.stage(node(number)) }
        writer.commit(nodes)
        var networks = writer.beginReplacement(of: ServiceCIDR.self)
        networks.stage(serviceNetwork)
        writer.commit(networks)
        writer.publish()
    }

    private func node(_ number: Int) -> Node {
        var node = Node()
        node.metadata.name = Self.node(number)
        node.status.addresses = families.map { family in
            var address = NodeAddress()
            address.type = "InternalIP"
            address.address = "\(PathLab.nodeAddress(number, family))"
            return address
        }
        node.spec.podCIDRs = families.compactMap { family in
            LabNetwork.pods(node: number).network(family).map { "\($0)" }
        }
        return node
    }

    private var serviceNetwork: ServiceCIDR {
        var object = ServiceCIDR()
        object.metadata.name = "kubernetes"
        object.spec.cidrs = families.compactMap { family in
            LabNetwork.services.network(family).map { "\($0)" }
        }
        return object
    }
}
