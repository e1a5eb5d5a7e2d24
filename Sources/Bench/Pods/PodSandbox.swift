import Platform

/// A container's network namespace, and what a runtime calls the container.
struct PodSandbox: Sendable {
    let number: Int
    private let namespace: PodNamespace

    init(_ number: Int, in namespace: PodNamespace) {
        self.number = number
        self.namespace = namespace
    }

    /// The variables of a call for this pod.
    func environment(_ command: String) -> [String] {
        [
            "CNI_COMMAND=\(command)", "CNI_CONTAINERID=pod\(number)",
            "CNI_NETNS=\(namespace.path)", "CNI_IFNAME=eth0",
        ]
    }
}

/// A namespace that one pod after the other is in, or several that share it.
final class PodNamespace: Sendable {
    private let namespace: NetworkNamespace

    init() throws(BenchError) {
        namespace = try BenchError.of(.privilege, "make a pod's network") {
            try NetworkNamespace.anonymous()
        }
    }

    /// A path that leads there for every process.
    var path: String { namespace.path }
}
