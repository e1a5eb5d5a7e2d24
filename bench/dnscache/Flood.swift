import DNS
import Measure
import Platform

/// What a flood of names that nobody asks for again does to those in use, and to memory.
struct Flood {
    let names: Int
    let hot: Int

    func run() throws -> String {
        let epochs = Epochs(readers: 1)
        var writer = try CacheWriter(CacheSettings(), readers: epochs)
        var reader = writer.reader()
        var (hits, most, memory) = (0, 0, "")
        let used = try (0..<hot).map { try Answer("hot-\($0).example.com", addresses: 1) }
        let start = MonotonicTime.now
        for number in 0..<names {
            let flood = try Answer("x\(number).example.com", addresses: 1)
            writer.store(flood.message, for: flood.key, at: 0)
            let answer = used[number * 7919 % hot]
            if find(answer, &reader) {
                hits += 1
            } else {
                writer.store(answer.message, for: answer.key, at: 0)
            }
            most = max(most, writer.bytes())
            if number == names / 2 { memory = try Self.resident() }
        }
        let time = (MonotonicTime.now - start) / .seconds(1)
        return "\(names) names once, \(hot) in use: "
            + "\((Double(hits) * 100 / Double(names)).rounded(toDecimals: 2)) % hits, "
            + "at most \(most >> 10) KiB, resident \(memory) half-way and "
            + "\(try Self.resident()) at the end, "
            + "\((time * 1e6 / Double(names)).rounded(toDecimals: 2)) µs each"
    }

    private func find(_ answer: Answer, _ reader: inout CacheReader) -> Bool {
        var (name, query) = (QuestionName(), Query())
        _ = query.read(answer.question.span, name: &name)
        var reply = [UInt8](repeating: 0, count: 512)
        var span = reply.mutableSpan
        return reader.answer(query, name, at: 0, into: &span, in: query.questionEnd..<512) != nil
    }

    private static func resident() throws -> String {
        let status = String(decoding: try File.read("/proc/self/status"), as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return line.dropFirst("VmRSS:".count).filter { $0 != "\t" && $0 != " " }
    }
}
