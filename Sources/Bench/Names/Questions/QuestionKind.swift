/// What is asked for in one measurement.
enum QuestionKind: String, Hashable, Sendable, CaseIterable {
    /// What servers of clusters are asked: addresses, ports, reverse names, a fifth for nothing.
    case mix
    /// The same without what is known of single endpoints, so that all of it stays right, though
    /// not the same, while these change.
    case steady
    /// Addresses of services that have their own.
    case services
    /// Addresses of services without, which are those of all their endpoints.
    case headless
    /// Ports of services.
    case srv
    /// Names of addresses.
    case ptr
    /// Names that do not exist.
    case negative
    /// All that a pod's resolver tries for short names, in its order.
    case search
    /// Names outside of the cluster, which another server knows.
    case cached
}
