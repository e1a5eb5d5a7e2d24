import Platform

/// The kernel's threads that finish what interrupts began when there is too much of it.
struct KernelThreads: Sendable {
    private let paths: [String]

    /// Finds them in the process table; where it does not show them, there are none to count.
    init() {
        let processes = (try? Directory.list("/proc")) ?? []
        paths = processes.filter { Int($0) != nil && Self.isSought($0) }
            .map { "/proc/\($0)/schedstat" }
    }

    private static func isSought(_ process: String) -> Bool {
        guard let name = try? File.read("/proc/\(process)/comm") else { return false }
        return String(decoding: name, as: UTF8.self).hasPrefix("ksoftirqd/")
    }

    /// How long they have had a processor: the first number, in nanoseconds (sched-stats.rst).
    var processorTime: Duration {
        paths.reduce(.zero) { sum, path in
            guard let bytes = try? File.read(path) else { return sum }
            let number = String(decoding: bytes, as: UTF8.self).prefix { $0 != " " }
            return sum + .nanoseconds(Int64(number) ?? 0)
        }
    }
}
