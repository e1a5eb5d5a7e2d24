import Measure
import Platform

/// A program whose time from the request to run it to its end is measured.
struct Startup {
    private let program: Program
    private(set) var samples: Samples

    /// The program gets `input` on its standard input each time.
    init(_ path: String, environment: [String] = [], input: String = "") {
        self.program = Program(path, environment: environment, input: Array(input.utf8))
        self.samples = Samples(of: path)
    }

    /// Runs the program once; everything around it is made before the clock starts.
    mutating func measure() throws(PlatformError) {
        let input = try Pipe()
        try input.writer.write(program.input.span)
        let reader = input.intoReader()
        let output = try Pipe()
        let begin = MonotonicTime.now
        let process = try Process(
            program, input: reader, output: output.writer, errors: output.writer)
        let end = try process.wait()
        samples.add(MonotonicTime.now - begin)
        guard end?.isSuccess == true else {
            throw PlatformError(.invalid, "measure", "\(program)", remedy: "it failed")
        }
    }
}
