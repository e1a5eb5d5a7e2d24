import Platform

/// What processor time a process has used, with the programs it ran and waited for.
struct ProcessWork {
    let used: Duration

    init(of process: ProcessID) throws(BenchError) {
        let own = "/proc/\(process.rawValue)"
        used = try BenchError.of(.program, "read \(own)") {
            try process.processorTime + Self.children(own)
        }
    }

    /// `cutime` and `cstime` of stat (proc(5)), in hundredths of a second on every architecture.
    private static func children(_ own: String) throws(PlatformError) -> Duration {
        let text = String(decoding: try File.read("\(own)/stat"), as: UTF8.self)
        // The name is in parentheses, and may hold spaces; after it comes the third field.
        guard let end = text.lastIndex(of: ")") else { return .zero }
        let words = text[text.index(after: end)...].split(separator: " ")
        guard words.count > 14 else { return .zero }
        let ticks = words[13...14].reduce(0) { $0 + (Int64($1) ?? 0) }
        return .milliseconds(ticks * 10)
    }
}
