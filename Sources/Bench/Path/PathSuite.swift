import Network
import Platform
import Topology

/// `weft bench path`: what it costs to reach a service, beside the direct way and beside peers.
package struct PathSuite: Suite {
    private let settings: PathSettings
    /// Why a program cannot be measured here.
    private var absences: [PathProgram: String] = [:]

    package init(_ settings: PathSettings) { self.settings = settings }
}

extension PathSuite {
    package mutating func run(_ observer: Observer) throws {
        for section in settings.sections {
            let present = try section.programs.filter { try isPresent($0, observer) }
            if present.isEmpty { continue }
            var section = section
            section.programs = present
            for place in section.places {
                var run = PathRun(section, place, settings)
                try run.measure(observer)
            }
        }
    }

    /// Whether a program can be measured; why not is told once.
    private mutating func isPresent(
        _ program: PathProgram, _ observer: Observer
    ) throws -> Bool {
        if let absence = absences[program] { return absence.isEmpty }
        let host = try BenchError.of(.privilege, "make network namespaces") {
            try Host("trial")
        }
        let absence = program.absence(on: host)
        absences[program] = absence ?? ""
        if let absence {
            try observer.tell(.note("\(program.rawValue) is not measured: \(absence)"))
        }
        return absence == nil
    }
}
