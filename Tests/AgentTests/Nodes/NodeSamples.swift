@testable import Kubernetes

/// A Node object with the fields that its pods' network depends on.
func node(
    _ name: String, _ networks: [String], _ addresses: [(String, String)], created: Int64? = nil
) -> Node {
    var node = Node()
    node.metadata.name = name
    node.metadata.creationTime = created.map { Timestamp(seconds: $0) }
    node.spec.podCIDRs = networks
    node.status.addresses = addresses.map { type, text in
        var address = NodeAddress()
        address.type = type
        address.address = text
        return address
    }
    return node
}

/// A snapshot of nodes that were listed.
func snapshot(_ nodes: [Node]) -> Snapshot {
    var writer = StoreWriter()
    for node in nodes { writer.put(node) }
    writer.publish()
    return writer.store.snapshot
}
