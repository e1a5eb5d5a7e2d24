import DNS
import Kubernetes
import Network
import Platform
import Synchronization

/// Changes endpoints of the cluster that a watching server watches, so many a second.
final class Churn: Sendable {
    private let sources: ClusterSources
    private let watcher: RunningServer
    private let rate: Int
    private let processor: Int
    /// Changes that have been made.
    private let made = Mutex(0)

    /// How long the watcher may take to show the last change.
    private static let patience = Duration.seconds(10)

    init(
        _ sources: ClusterSources, _ rate: Int, on processor: Int,
        watchedBy watcher: RunningServer
    ) {
        self.sources = sources
        self.rate = rate
        self.processor = processor
        self.watcher = watcher
    }

    /// Begins to change endpoints, until the end of what it returns.
    func begin() throws -> Change {
        let isOver = Flag()
        let thread = try Thread { [self] in
            // It would be another machine: whoever is measured goes first.
            // The API server has been put there already, or nothing would be measured.
            try? Thread.pin(to: processor)
            Thread.giveWay()
            let start = MonotonicTime.now
            var count = 0
            while !isOver.isSet {
                sleep(for: start + .nanoseconds(Int64(count) * 1_000_000_000 / Int64(rate)) - .now)
                try? make(next())
                count += 1
            }
        }
        return Change(self, isOver, thread)
    }

    private var cluster: MixedCluster { sources.names.cluster }

    /// Makes the change of a number, which is one of one service's endpoints.
    private func make(_ number: Int) throws {
        for slice in try cluster.change(number) { try sources.objects.put(slice) }
    }

    private func next() -> Int {
        made.withLock { number in
            defer { number += 1 }
            return number
        }
    }
}

extension Churn {
    /// What is under way.
    final class Change: Sendable {
        private let churn: Churn
        private let isOver: Flag
        private let thread: Mutex<Thread?>

        init(_ churn: Churn, _ isOver: Flag, _ thread: consuming Thread) {
            self.churn = churn
            self.isOver = isOver
            self.thread = Mutex(consume thread)
        }

        deinit { isOver.set() }

        /// Ends it, and sees whether it has come to answers.
        func end() throws {
            isOver.set()
            if let thread = thread.withLock({ $0.take() }) { thread.join() }
            try churn.seeLast()
        }
    }

    /// Changes a service whose answers show it, and waits for these.
    private func seeLast() throws {
        var number = next()
        while true {
            let service = cluster.service(cluster.changed(by: number))
            if service.spec.isHeadless, try !question(number).answers.isEmpty { break }
            number = next()
        }
        try make(number)
        let (question, deadline) = (try question(number), MonotonicTime.now + Self.patience)
        while MonotonicTime.now < deadline {
            if try watcher.ask(question, at: .v4).isRight(for: question) { return }
            sleep(for: .milliseconds(1))
        }
        throw BenchError(
            .program, "see changes in answers of \(watcher.program.name)",
            "\(question.name) is not what it was changed to within \(Self.patience)")
    }

    /// What the changed service answers.
    private func question(_ number: Int) throws -> NameQuestion {
        let service = cluster.service(cluster.changed(by: number))
        let records = ServiceRecords(service, try cluster.change(number)).forward
        return NameQuestion(
            service.zoneName, .a, exists: true,
            records.filter { $0.owner == service.zoneName && $0.type == .a })
    }
}
