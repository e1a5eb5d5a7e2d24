package import Platform
import Support
import Synchronization

/// Says what could not be answered because of servers elsewhere, for blocks with `errors`.
package final class ErrorLog: Sendable {
    private let log: Log
    private let state: Mutex<[Int: ErrorDigest]>

    /// Takes what the blocks say, by their numbers.
    init(_ options: [Int: ErrorsOptions], _ log: Log) {
        self.log = log
        state = Mutex(options.mapValues { ErrorDigest($0.consolidations) })
    }
}

extension ErrorLog {
    func failed(_ question: PendingQuestion, _ failure: ForwardFailure) {
        // Whoever ends or replaces the forwarder knows about it.
        guard let number = question.accounting.block?.errors, failure != .stopped else { return }
        let text = "\(question.lookup) \(question.type): \(failure.text)"
        write(state.withLock { $0[number]?.take(text, at: .now) ?? [] })
    }

    /// Writes the lines of periods that are over.
    package func flush(at now: MonotonicTime) {
        write(
            state.withLock { digests in
                digests.keys.flatMap { digests[$0]?.flush(at: now) ?? [] }
            })
    }

    private func write(_ lines: [ErrorDigest.Line]) {
        for line in lines {
            switch line {
            case .error(let level, let text):
                log(level, "cannot answer a question", ["question": text])
            case .many(let level, let pattern, let count, let period):
                log(
                    level, "could not answer questions",
                    ["like": pattern, "times": "\(count)", "within": period.goText])
            case .left(let count):
                log(
                    .error, "could not answer more questions than are written down",
                    ["times": "\(count)"])
            }
        }
    }
}

extension ForwardFailure {
    /// In the words of CoreDNS where there are some, for patterns that were made for them.
    fileprivate var text: String {
        switch self {
        case .timedOut: "no server has answered: i/o timeout"
        case .refused: "connection refused"
        case .noReachableUpstream: "no healthy proxies"
        case .tooManyQuestions: "max concurrent queries are under way"
        case .badAnswer: "the answer leads round in a circle"
        case .stopped: "stopped"
        }
    }
}
