import Platform

/// How a server answers, and what it counts.
struct ServerAnswers: Sendable {
    let counters: ServerCounters
    private let delay: Duration

    /// A delay is planted before each answer.
    init(_ counters: ServerCounters, delay: Duration) {
        self.counters = counters
        self.delay = delay
    }

    var areDelayed: Bool { delay > .zero }

    /// Uses the processor for as long as answers are to be late.
    func plant() {
        guard areDelayed else { return }
        let end = MonotonicTime.now + delay
        while MonotonicTime.now < end {}
    }

    /// Takes what came on a connection, and sends it back if that is its task.
    func take(
        _ count: Int, _ task: ServerTask?, _ accepted: MonotonicTime,
        _ stream: borrowing StreamSocket?, _ bytes: inout MutableSpan<UInt8>
    ) throws(PlatformError) {
        counters.add(bytes: count)
        guard task == .echo else { return }
        plant()
        if count == Stamps.size { Stamps.setAccepted(accepted, in: &bytes) }
        try stream?.write(all: bytes.span.extracting(first: count), until: .now + Self.patience)
        counters.addAnswered()
    }

    private static let patience = Duration.seconds(1)
}
