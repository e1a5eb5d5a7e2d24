import Measure
import NFTables
import Platform

/// Programs the ruleset into a new namespace by a program, and measures that program whole.
struct Programming {
    private let program: Program
    private(set) var wall: Samples
    private(set) var user: Samples
    private(set) var system: Samples
    private(set) var peakMemory = 0

    init(_ name: String, _ program: Program) {
        self.program = program
        wall = Samples(of: "\(name) wall")
        user = Samples(of: "\(name) user")
        system = Samples(of: "\(name) system")
    }

    mutating func measure() throws {
        let program = program
        let namespace = try NetworkNamespace.anonymous()
        let (time, usage) = try namespace.run { () throws(PlatformError) in
            let null = try Pipe()
            let input = try Pipe()
            let begin = MonotonicTime.now
            let process = try Process(
                program, input: input.intoReader(), output: null.writer, errors: null.writer)
            let end = try process.end()
            guard end.status.isSuccess else {
                throw PlatformError(.invalid, "measure", "\(program)", remedy: "it failed")
            }
            return (MonotonicTime.now - begin, end.usage)
        }
        wall.add(time)
        user.add(usage.user)
        system.add(usage.system)
        peakMemory = max(peakMemory, usage.peakMemory)
    }
}
