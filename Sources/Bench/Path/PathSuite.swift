/// `weft bench path`: what it costs to reach a service, beside the direct way and beside peers.
package struct PathSuite: Suite {
    private let settings: PathSettings

    package init(_ settings: PathSettings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        let wanted = PathProgram.allCases.filter { program in
            settings.sections.contains { $0.programs.contains(program) }
        }
        let present = try wanted.present(observer, settings.peers)
        for section in settings.sections {
            var section = section
            section.programs = section.programs.filter(present.contains)
            if section.programs.isEmpty { continue }
            for place in section.places {
                var run = PathRun(section, place, settings)
                try run.measure(observer)
            }
        }
    }
}
