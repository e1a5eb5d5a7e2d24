import Platform

/// The processor time that a client, its servers and the kernel between them use.
///
/// What is between them, a router with its rules, has no time of its own: it is what one variant uses
/// more than another one does with the same client and servers.
struct ProcessorAccount: Sendable {
    private let kernel: KernelThreads
    private let interrupts: InterruptTime

    init() throws(BenchError) {
        kernel = KernelThreads()
        interrupts = try BenchError.of(.network, "probe the kernel's accounting") {
            try InterruptTime.probe()
        }
    }

    /// All the time so far, the calling thread being the client's.
    func total(_ servers: [LoadServer]) throws(BenchError) -> Duration {
        var sum = Duration.nanoseconds(ThreadTime.now.nanoseconds)
        for server in servers { sum += try server.processorTime }
        sum += kernel.processorTime
        if interrupts == .apart { sum += try SoftInterrupts.processorTime }
        return sum
    }
}

/// The soft interrupts of all processors.
enum SoftInterrupts {
    /// How long they took since the machine was started, in hundredths of a second.
    static var processorTime: Duration {
        get throws(BenchError) {
            let bytes = try BenchError.of(.file, "read /proc/stat") { try File.read("/proc/stat") }
            let words = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
                .split(separator: " ")
            guard words.count > column, let ticks = Int64(words[column]) else {
                throw BenchError(.file, "read /proc/stat", "it has another form")
            }
            return .milliseconds(ticks * 10)
        }
    }

    /// cpu user nice system idle iowait irq softirq (proc_stat(5)).
    private static let column = 7
}
