import Platform
import Synchronization
import Topology

/// A program that runs beside the demonstration; it is killed at its owner's end.
final class Daemon: Sendable {
    let name: String
    private let process: Mutex<Process?>

    /// Starts a program in a machine's network; what it says goes into a file.
    init(_ name: String, _ program: Program, on host: Host, in directory: RunDirectory) throws {
        guard let input = try File.openForReading("/dev/null") else {
            throw DemoError(.file, "start \(name)", "/dev/null is missing")
        }
        let log = try File.openForUpdate(directory.log(name), mode: 0o644)
        self.name = name
        let process = try host.run { () throws(PlatformError) in
            try Process(program, input: input, output: log, errors: log)
        }
        self.process = Mutex(process)
    }

    /// Ends it without a warning.
    func kill() {
        process.withLock { process in
            guard let process = process.take() else { return }
            process.kill()
        }
    }

    /// Lets it outlive the demonstration.
    func leave() {
        process.withLock { process in
            guard let process = process.take() else { return }
            process.leave()
        }
    }
}
