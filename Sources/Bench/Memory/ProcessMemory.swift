import Platform

/// What memory a process has, as the kernel counts it, in bytes.
///
/// Pages that it has in common with others count whole. By halves (Pss), Weft's would count for less
/// than anybody's: this program is the same as the one that it measures.
struct ProcessMemory: Hashable {
    /// All of its pages that are in memory now.
    let resident: Int
    /// What is no file's: its heap and stacks.
    let anonymous: Int
    /// The most it has had at once.
    let peak: Int

    init(of process: ProcessID) throws(BenchError) {
        let own = "/proc/\(process.rawValue)"
        let rollup = try Self.sizes("\(own)/smaps_rollup")
        let status = try Self.sizes("\(own)/status")
        guard let resident = rollup["Rss"], let anonymous = rollup["Anonymous"],
            let peak = status["VmHWM"]
        else { throw BenchError(.program, "read \(own)", "the kernel does not tell its memory") }
        self.resident = resident
        self.anonymous = anonymous
        self.peak = peak
    }

    /// Lines as `Rss:     1234 kB`.
    private static func sizes(_ path: String) throws(BenchError) -> [Substring: Int] {
        let text = try BenchError.of(.program, "read \(path)") { try File.read(path) }
        var sizes: [Substring: Int] = [:]
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 3, words[2] == "kB", let size = Int(words[1]) else { continue }
            sizes[words[0].dropLast()] = size * 1024
        }
        return sizes
    }
}
