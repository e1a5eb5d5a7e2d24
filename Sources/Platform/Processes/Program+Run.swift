import CLinux
import Glibc

extension Program {
    /// Runs the program to its end in the calling thread's namespaces, keeping what it says.
    ///
    /// A program that exceeds its time or says too much is killed, which is an error; one that
    /// fails by itself is not.
    package func run() throws(PlatformError) -> Outcome {
        let input = try inputFile()
        let output = try Pipe()
        let errors = try Pipe()
        let process = try Process(
            self, input: input, output: output.writer, errors: errors.writer)
        return try Self.follow(
            self, process, Capture(output.intoReader()), Capture(errors.intoReader()))
    }

    /// A file rather than a pipe: no program can block us, or end us with SIGPIPE, by not reading.
    private func inputFile() throws(PlatformError) -> Descriptor {
        let file = try Descriptor.memoryFile()
        try file.write(input.span)
        let number = file.rawValue
        _ = try syscall("rewind input file") { lseek(number, 0, SEEK_SET) }
        return file
    }

    private static func follow(
        _ program: Program, _ process: consuming Process, _ output: consuming Capture,
        _ errors: consuming Capture
    ) throws(PlatformError) -> Outcome {
        let deadline = program.limit.map { MonotonicTime.now + $0 }
        var hasEnded = false
        while !hasEnded {
            hasEnded = try hear(process, output, errors, until: deadline)
            try output.drain(upTo: program.outputLimit, of: program)
            try errors.drain(upTo: program.outputLimit, of: program)
            // A program that never stops talking must be stopped too.
            if let deadline, !hasEnded, MonotonicTime.now >= deadline { throw program.expired }
        }
        // What it wrote before it ended has been read; its children's words are not its own.
        guard let status = try process.wait() else { throw program.expired }
        return Outcome(status: status, output: output.bytes, errors: errors.bytes)
    }

    /// Waits until the program says something or ends; true means that it has ended.
    private static func hear(
        _ process: borrowing Process, _ output: borrowing Capture, _ errors: borrowing Capture,
        until deadline: MonotonicTime?
    ) throws(PlatformError) -> Bool {
        var entries: [3 of pollfd] = [process.awaited, output.awaited, errors.awaited]
        var span = entries.mutableSpan
        _ = try unsafe span.withUnsafeMutableBufferPointer { entries throws(PlatformError) in
            guard let start = entries.baseAddress else { return CInt(0) }
            return try unsafe poll(start, count: entries.count, until: deadline)
        }
        return entries[0].revents != 0
    }

    private var expired: PlatformError {
        PlatformError(
            .timedOut, "run", "\(self)", remedy: "killed after \(limit ?? .zero)")
    }
}
