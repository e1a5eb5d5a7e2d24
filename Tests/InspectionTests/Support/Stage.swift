import Kubernetes
import Platform
import Synchronization

@testable import Inspection

/// Runs a command that follows a source, and plays what the test has written for it.
///
/// After each line that comes out the next step is done; after the last the command is told to end.
final class Stage: Sendable {
    let source = FakeSource()
    let reports = ReportQueue()
    private let said = Mutex((output: [String](), error: [String]()))
    private let steps = Mutex([@Sendable () throws -> Void]())

    /// Long enough for any machine, where nothing is to be waited for in vain.
    static let patience = Duration.seconds(30)
}

extension Stage {
    var output: [String] { said.withLock { $0.output } }
    var text: String { output.joined() }
    var errors: String { said.withLock { $0.error.joined() } }

    func then(_ step: @escaping @Sendable () throws -> Void) {
        steps.withLock { $0.append(step) }
    }

    private var screen: Screen {
        Screen(
            output: { text in
                self.said.withLock { $0.output.append(text) }
                try self.next()
            },
            error: { text in self.said.withLock { $0.error.append(text) } })
    }

    private func next() throws {
        let step = steps.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let step { try step() } else { Signal.terminate.raise() }
    }

    func get(
        _ request: GetRequest, within patience: Duration = patience
    ) throws -> ExitCode {
        try onThread {
            var getting = Getting(request, on: self.screen)
            var follower = try Follower(self.source, self.reports, kinds: request.view.kinds)
            return try getting.run(&follower, patience: patience)
        }
    }

    func watch(
        _ request: WatchRequest, within patience: Duration = patience
    ) throws -> ExitCode {
        try onThread {
            var watching = Watching(request, of: self.source, on: self.screen)
            var follower = try Follower(self.source, self.reports, kinds: request.kinds)
            return try watching.run(&follower, patience: patience)
        }
    }

    /// Signals are blocked and sent on a thread of its own, which no other test runs on.
    private func onThread(_ body: @escaping @Sendable () throws -> ExitCode) throws -> ExitCode {
        let box = Box()
        try Thread { box.set(Result { try body() }) }.join()
        return try box.value.get()
    }
}

private final class Box: Sendable {
    private let outcome = Mutex(Result<ExitCode, any Error>.success(.failure))

    var value: Result<ExitCode, any Error> { outcome.withLock(\.self) }

    func set(_ value: Result<ExitCode, any Error>) { outcome.withLock { $0 = value } }
}
