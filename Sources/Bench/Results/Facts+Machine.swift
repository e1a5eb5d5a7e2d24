import Platform
import Support

extension Facts {
    /// What the results of a run on this machine, now, depend on; not whose machine it is.
    package static func current(_ commandLine: [String]) -> Facts {
        var facts = Facts()
        let processor = ProcessorText(text("/proc/cpuinfo"))
        let memory = memory(text("/proc/meminfo"))
        for (name, value) in [
            (Name.weft, "\(Version.current)\(isOptimized ? "" : ", built for debugging")"),
            (.date, WallTime.now.text),
            (.command, commandLine.joined(separator: " ")),
            (.kernel, try? Sysctl("kernel.osrelease").read()),
            (.processor, processor.model),
            (.processors, "\(Machine.processorCount)"),
            (.virtual, processor.isVirtual ? "yes" : "no"),
            (.governor, governor),
            (.memory, memory),
        ] {
            if let value { facts.rows.append(Row(name.rawValue, value)) }
        }
        return facts
    }

    /// The facts that this program gathers, in order.
    enum Name: String, CaseIterable {
        case weft, date, command, kernel, processor, processors
        case virtual = "virtual machine"
        /// How the kernel chooses the processors' frequency; absent where it does not.
        case governor = "frequency governor"
        case memory
    }

    /// Whether durations mean anything.
    package static var isOptimized: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    private static func text(_ path: String) -> String? {
        (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    private static var governor: String? {
        text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
            .map { String($0.prefix { !$0.isNewline }) }
    }

    /// What proc_meminfo(5) says there is in all.
    private static func memory(_ text: String?) -> String? {
        let line = text?.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
        let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return kibibytes.map { Quantity.memory.text($0 * 1024) }
    }

    package subscript(name: String) -> String? { rows.first { $0.name == name }?.value }
}

/// What proc_cpuinfo(5) says of the first processor.
struct ProcessorText: Hashable {
    /// As x86 calls it, or where there is no such name, as others tell their kind.
    var model: String?
    var isVirtual = false

    init(_ text: String?) {
        var fields: [Substring: Substring] = [:]
        for line in (text ?? "").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let key = parts[0].prefix { $0 != "\t" }
            fields[key] = fields[key] ?? parts[1].drop { $0 == " " }
        }
        let parts = ["CPU implementer", "CPU part"].compactMap { key in
            fields[Substring(key)].map { "\(key) \($0)" }
        }
        let kind = parts.isEmpty ? nil : parts.joined(separator: ", ")
        model = fields["model name"].map(String.init) ?? kind
        isVirtual = (fields["flags"] ?? "").split(separator: " ").contains("hypervisor")
    }
}
