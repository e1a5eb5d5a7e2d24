package import Network
package import Platform

/// A server for load: it takes TCP connections and UDP datagrams on one port, and does with each
/// what its first byte says, which is to send back what comes or to swallow it.
///
/// It runs on a thread of its own as long as it is referred to.
package final class LoadServer: Sendable {
    package let name: String
    /// Where it listens; a port that was 0 has become one of the kernel's choice.
    package let address: AddressAndPort
    private let counters = ServerCounters()
    private let orders = ServerOrders()
    private let waker: Waker
    private let thread: Thread

    /// Listens in a namespace; `::` means every address of both families, `0.0.0.0` every IPv4 one.
    ///
    /// A delay is planted before each answer: what a measurement must find.
    package init(
        _ name: String, at address: AddressAndPort, in namespace: borrowing NetworkNamespace,
        delay: Duration = .zero
    ) throws(BenchError) {
        let answers = ServerAnswers(counters, delay: delay)
        let orders = orders
        let work = try BenchError.of(.network, "serve \(address)") {
            try namespace.run { () throws(PlatformError) in
                try ServerWork(address, answers, orders)
            }
        }
        self.name = name
        self.address = work.address
        waker = work.waker
        thread = try Self.start(work)
    }

    private static func start(_ work: consuming ServerWork) throws(BenchError) -> Thread {
        do throws(PlatformError) {
            let thread = try Thread(owning: work) { work in
                Thread.goFirst()
                var work = work
                work.run()
            }
            return thread
        } catch {
            throw BenchError(.program, "start a server", "\(error)")
        }
    }

    deinit {
        orders.end()
        waker.wake()
    }
}

extension LoadServer {
    package var counts: ServerCounts { counters.values }

    /// Plants a time in which nothing is answered, once, from the next thing on that comes.
    package func stall(for duration: Duration) { orders.setStall(duration) }

    /// How long its thread has had a processor.
    var processorTime: Duration {
        get throws(BenchError) {
            try BenchError.of(.program, "read the clock of a server") { try thread.processorTime }
        }
    }

    /// Puts it where a workload wants it, and lets it wait as that does.
    func prepare(for workload: Workload, on processor: Int) throws(BenchError) {
        try BenchError.of(.privilege, "place a server") { try thread.pin(to: processor) }
        orders.setSleep(workload.isTakenLater ? Self.pause : .zero)
        waker.wake()
    }

    /// Does nothing until something comes, so that no other measurement is disturbed.
    func rest() { orders.setSleep(.zero) }

    /// So short that no queue is full before it ends.
    private static let pause = Duration.milliseconds(1)
}
