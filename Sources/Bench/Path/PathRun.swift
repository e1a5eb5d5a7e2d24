import Network
import Platform

/// One section at one place, with everything that stands while it is measured.
struct PathRun {
    private let section: PathSection
    private let place: Place
    private let settings: PathSettings
    private var stands: [PathStand] = []
    /// What was found, by the turns of interleavings and then in the order of subjects.
    private var found: [[Measurement]] = []

    init(_ section: PathSection, _ place: Place, _ settings: PathSettings) {
        self.section = section
        self.place = place
        self.settings = settings
    }

    private struct Turn {
        let family: IPFamily
        let workload: Workload
        let flows: Int
    }

    private var turns: [Turn] {
        section.workloads.flatMap { workload in
            section.families.flatMap { family in
                section.flows.map { Turn(family: family, workload: workload, flows: $0) }
            }
        }
    }

    private var keys: [PathStand.Key] {
        section.services.flatMap { count in
            section.programs.map { .init(program: $0, services: count, place: place) }
        }
    }
}

extension PathRun {
    /// Measures all rounds of all sittings, and tells what came of each turn when it is complete.
    mutating func measure(_ observer: Observer) throws {
        found = turns.map { _ in [] }
        let parts = settings.parts
        for (sitting, rounds) in parts.enumerated() {
            try build(observer)
            for (index, turn) in turns.enumerated() {
                let subjects = stands.flatMap {
                    $0.subjects(
                        turn.family, turn.workload, flows: turn.flows, for: settings.duration)
                }
                var interleaving = Interleaving(subjects, rounds: rounds)
                found[index].merge(try interleaving.run(observer))
                guard sitting == parts.count - 1 else { continue }
                try observer.tell(.measured(found[index], PathRatios(found[index]).all))
            }
            takeDown(isLast: sitting == parts.count - 1)
        }
    }

    private mutating func build(_ observer: Observer) throws {
        let before = Dictionary(stands.map { ($0.key, $0) }) { first, _ in first }
        stands = []
        for key in keys where key.program != .none || key.services == section.services.first {
            if let stand = before[key] {
                stands.append(stand)
                continue
            }
            try observer.tell(.step(key.building))
            stands.append(try PathStand(key, section, settings.peers))
        }
    }

    /// Ends what can be built again in a moment, and lets the kernel take it down in peace.
    private mutating func takeDown(isLast: Bool) {
        stands.removeAll { isLast || !$0.isDear }
        sleep(for: Self.rest)
    }

    /// Namespaces are taken down in the background, with all that is in them.
    private static let rest = Duration.seconds(1)
}

extension PathStand.Key {
    fileprivate var building: String {
        "\(program.rawValue) gets \(services) services, \(place.rawValue)"
    }
}

extension [Measurement] {
    /// Adds the rounds of another sitting with the same subjects.
    mutating func merge(_ others: [Measurement]) {
        self = isEmpty ? others : zip(self, others).map { $0.merged(with: $1) }
    }
}
