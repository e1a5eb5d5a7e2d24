import Platform

/// What the kernel says of this process, under the names that every exporter has for it.
package struct ProcessMetrics: Hashable, Sendable {
    package private(set) var residentBytes: Double?
    private(set) var virtualBytes: Double?
    package private(set) var processorSeconds: Double?
    private(set) var threads: Double?
    private(set) var startTime: Double?
    private(set) var openDescriptors: Double?
    private(set) var mostDescriptors: Double?
}

extension ProcessMetrics {
    package static var current: ProcessMetrics {
        var metrics = ProcessMetrics(
            status: text("/proc/self/status"), stat: text("/proc/self/stat"),
            machine: text("/proc/stat"))
        // One is open to read the directory with.
        let open = try? Directory.list("/proc/self/fd").count - 1
        metrics.openDescriptors = open.map(Double.init)
        metrics.mostDescriptors = (try? DescriptorLimit.current).map(Double.init)
        return metrics
    }

    private static func text(_ path: String) -> String {
        String(decoding: (try? File.read(path)) ?? [], as: UTF8.self)
    }

    /// The kernel tells programs of times in hundredths of a second (USER_HZ), whatever its own clock.
    private static let ticksPerSecond = 100.0

    /// Reads proc(5)'s files of those names.
    init(status: String, stat: String, machine: String) {
        residentBytes = Self.field("VmRSS:", status).map { $0 * 1024 }
        virtualBytes = Self.field("VmSize:", status).map { $0 * 1024 }
        threads = Self.field("Threads:", status)
        // The program's name, in parentheses, may hold anything; field 3 follows the last of them.
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        func ticks(_ field: Int) -> Double? {
            fields.indices.contains(field - 2) ? Double(fields[field - 2]) : nil
        }
        if let user = ticks(14), let system = ticks(15) {
            processorSeconds = (user + system) / Self.ticksPerSecond
        }
        if let boot = Self.field("btime", machine), let started = ticks(22) {
            startTime = boot + started / Self.ticksPerSecond
        }
    }

    /// The first number of the line that begins with a word.
    private static func field(_ name: String, _ text: String) -> Double? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        let words = line?.split { $0 == " " || $0 == "\t" } ?? []
        return words.count > 1 ? Double(words[1]) : nil
    }
}

extension ProcessMetrics {
    package var families: [MetricFamily] {
        [
            family("resident_memory_bytes", .gauge, "Memory in use.", residentBytes),
            family("virtual_memory_bytes", .gauge, "Addresses in use.", virtualBytes),
            family("cpu_seconds_total", .counter, "Processor time.", processorSeconds),
            family("threads", .gauge, "Threads.", threads),
            family(
                "start_time_seconds", .gauge, "When it began, in seconds since 1970.", startTime),
            family("open_fds", .gauge, "Descriptors that are open.", openDescriptors),
            family("max_fds", .gauge, "Descriptors that may be open.", mostDescriptors),
        ]
    }

    private func family(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String, _ value: Double?
    ) -> MetricFamily {
        var family = MetricFamily("process_\(name)", kind, help: help)
        if let value { family.add([:], value) }
        return family
    }
}
