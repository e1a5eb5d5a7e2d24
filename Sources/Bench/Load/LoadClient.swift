package import Network
package import Platform

/// Where load comes from: a thread that stays in a namespace and on a processor.
package final class LoadClient: Sendable {
    let placement: Placement
    let sources: [IPAddress]
    let account: ProcessorAccount
    private let thread: NamespaceThread

    /// The thread goes before others, if this process has the right to that.
    ///
    /// With addresses of its own, a client takes their ports in a circle, so that a new connection
    /// does not meet what routers remember of an old one; without any, the kernel chooses.
    package convenience init(
        in namespace: borrowing NetworkNamespace, _ placement: Placement,
        sources: [IPAddress] = []
    ) throws(BenchError) {
        let thread = try BenchError.of(.network, "start a client") {
            try NamespaceThread(namespace)
        }
        try self.init(thread, placement, sources)
    }

    /// Stays in the namespace of the calling thread.
    package convenience init(_ placement: Placement) throws(BenchError) {
        let thread = try BenchError.of(.program, "start a client") { try NamespaceThread() }
        try self.init(thread, placement, [])
    }

    private init(
        _ thread: NamespaceThread, _ placement: Placement, _ sources: [IPAddress]
    ) throws(BenchError) {
        try BenchError.of(.privilege, "place a client") {
            try thread.run { () throws(PlatformError) in
                try Thread.pin(to: placement.client)
                Thread.goFirst()
            }
        }
        account = try ProcessorAccount()
        self.placement = placement
        self.sources = sources
        self.thread = thread
    }

    func run<Value>(_ body: () throws(BenchError) -> Value) throws(BenchError) -> Value {
        try thread.run(body)
    }
}
