/// How new connections are spread over backends, from the annotation `weft.dev/balance`.
package enum Balancing: String, Hashable, Sendable, CaseIterable {
    case roundRobin = "round-robin"
    case random
    /// The client's address decides, so that a client meets the same backend on every node.
    case sourceHash = "source-hash"
    /// Round-robin with as many turns each as the backend's weight.
    case weighted

    package static let annotation = "weft.dev/balance"
    package static let weightAnnotation = "weft.dev/weight"
}
