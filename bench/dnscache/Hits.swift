import DNS
import Measure
import Platform

/// How fast threads find answers, the reading of the question included.
struct Hits {
    let threads: Int
    let names: Int
    let questions: Int

    func run() throws -> String {
        let epochs = Epochs(readers: threads)
        var settings = CacheSettings()
        settings.success.capacity = names
        var writer = try CacheWriter(settings, readers: epochs)
        let answers = try (0..<names).map { try Answer("name-\($0).example.com", addresses: 3) }
        for answer in answers { writer.store(answer.message, for: answer.key, at: 0) }
        let asked = answers.map(\.question)
        let start = MonotonicTime.now
        try look(threads, writer, epochs, asked)
        let time = (MonotonicTime.now - start) / .seconds(1)
        let rate = Double(questions * threads) / time
        return "\(threads) threads, \(names) names of three addresses: "
            + "\((rate / 1e6).rounded(toDecimals: 2)) million hits/s, "
            + "\((time * 1e9 / Double(questions)).rounded(toDecimals: 1)) ns each in a thread"
    }

    /// Starts so many threads, and waits for them.
    private func look(
        _ threads: Int, _ writer: borrowing CacheWriter, _ epochs: Epochs, _ asked: [[UInt8]]
    ) throws {
        if threads == 0 { return }
        let questions = questions
        let thread = try Thread(owning: writer.reader()) { reader in
            ask(questions, asked, from: threads, reader, epochs)
        }
        try look(threads - 1, writer, epochs, asked)
        thread.join()
    }
}

/// Asks for all of them in turn, 32 questions to a batch as servers do.
private func ask(
    _ count: Int, _ asked: [[UInt8]], from start: Int, _ reader: consuming CacheReader,
    _ epochs: Epochs
) {
    guard let seat = epochs.reader() else { return }
    var (name, query, next) = (QuestionName(), Query(), start)
    var reply = [UInt8](repeating: 0, count: 1232)
    for number in 0..<count {
        if number % 32 == 0 { seat.enter() }
        next = (next + 7919) % asked.count
        let question = asked[next]
        _ = query.read(question.span, name: &name)
        var span = reply.mutableSpan
        _ = reader.answer(
            query, name, at: 1, rotation: UInt32(truncatingIfNeeded: number), into: &span,
            in: query.questionEnd..<1232)
        if number % 32 == 31 { seat.leave() }
    }
    if reader.counts.misses > 0 { print("\(reader.counts.misses) misses of \(count)") }
}
