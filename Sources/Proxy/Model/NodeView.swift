/// What the meaning of services depends on of the node they are programmed on.
package struct NodeView: Hashable, Sendable {
    /// The node's name in the cluster (S3).
    package var name: String
    /// Its label `topology.kubernetes.io/zone`; empty without one (S30).
    package var zone: String

    package init(name: String, zone: String = "") {
        self.name = name
        self.zone = zone
    }
}
