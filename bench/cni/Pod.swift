import Platform

/// A container's network namespace, and what a runtime calls the container.
struct Pod: Sendable {
    let number: Int
    private let namespace: Namespace

    init(_ number: Int) throws(PlatformError) {
        self.number = number
        namespace = Namespace(try NetworkNamespace.anonymous())
    }

    /// Another container in the same namespace, for plugins that do not look into it.
    init(_ number: Int, sharing other: Pod) {
        self.number = number
        namespace = other.namespace
    }

    /// The variables of a call for this pod.
    func environment(_ command: String) -> [String] {
        [
            "CNI_COMMAND=\(command)", "CNI_CONTAINERID=pod\(number)",
            "CNI_NETNS=\(namespace.path)", "CNI_IFNAME=eth0",
        ]
    }
}

/// Keeps the namespace for as long as any pod needs it.
private final class Namespace: Sendable {
    private let namespace: NetworkNamespace

    init(_ namespace: consuming NetworkNamespace) { self.namespace = namespace }

    var path: String { namespace.path }
}
