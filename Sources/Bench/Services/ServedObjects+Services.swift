import Kubernetes
import Network

extension ServedObjects {
    /// The objects of a set of services, as a control plane has them.
    init(_ set: ServiceSet, _ pool: SharingPool = SharingPool()) throws(BenchError) {
        self.init()
        nodes = (1...2).map(set.nodeObject)
        serviceNetworks = [set.serviceNetwork]
        for number in set.numbers {
            let entry = set.entry(number)
            services.append(entry.service())
            slices += try BenchError.of(.file, "make the objects of \(set.count) services") {
                try set.families.map { try entry.slice($0, pool) }
            }
        }
    }
}

extension APIObjects {
    convenience init(_ set: ServiceSet) throws(BenchError) {
        let objects = try ServedObjects(set)
        do throws(ObjectError) {
            try self.init(objects)
        } catch {
            throw BenchError(.file, "serve the objects of \(set.count) services", "\(error)")
        }
    }
}

extension ServiceSet {
    fileprivate func nodeObject(_ number: Int) -> Node {
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

    fileprivate var serviceNetwork: ServiceCIDR {
        var object = ServiceCIDR()
        object.metadata.name = "kubernetes"
        object.spec.cidrs = families.compactMap { family in
            LabNetwork.services.network(family).map { "\($0)" }
        }
        return object
    }
}
