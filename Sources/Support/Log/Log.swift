import Platform
import Synchronization

/// Where a program says what happens to it, from any thread: whole lines, to standard error.
package final class Log: Sendable {
    private let lowest: LogLevel
    private let format: LogFormat
    private let write: @Sendable (String) -> Void
    private let filter = Mutex(RepeatFilter())

    package init(
        from lowest: LogLevel = .info, _ format: LogFormat = .text,
        write: (@Sendable (String) -> Void)? = nil
    ) {
        self.lowest = lowest
        self.format = format
        // A log that cannot be written to is nothing that could be logged.
        self.write = write ?? { try? StandardStream.error.write($0) }
    }
}

extension Log {
    package func callAsFunction(
        _ level: LogLevel, _ message: String, _ fields: KeyValuePairs<String, String> = [:]
    ) {
        guard level >= lowest else { return }
        let line = LogLine(level, message, fields)
        // Written under the lock: a line that repeats says so after the first of its kind.
        filter.withLock { filter in
            guard let repeats = filter.admit(line, at: .now) else { return }
            write(format.text(line, time: WallTime.now.text, repeats: repeats))
        }
    }
}
