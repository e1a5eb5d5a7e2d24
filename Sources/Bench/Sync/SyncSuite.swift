import Network
import Topology

/// `weft bench sync`: how long services take to be in the kernel, all at once and when one changes.
package struct SyncSuite: Suite {
    private let settings: SyncSettings

    package init(_ settings: SyncSettings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        let present = try settings.programs.present(observer)
        for family in settings.families {
            try SyncRun(settings, present, family).measure(observer)
        }
    }
}

/// The measurements of one family.
private struct SyncRun {
    private let settings: SyncSettings
    private let programs: [PathProgram]
    private let family: IPFamily

    init(_ settings: SyncSettings, _ programs: [PathProgram], _ family: IPFamily) {
        self.settings = settings
        self.programs = programs
        self.family = family
    }

    private func services(_ count: Int) -> ServiceSet {
        ServiceSet(count, endpoints: settings.endpoints, families: [family])
    }

    func measure(_ observer: Observer) throws {
        let large = services(settings.services)
        try measureFull(large, observer)
        guard programs.contains(.weft) else { return }
        try observer.tell(.step("weft gets \(large.count) services, and \(settings.fewServices)"))
        let stands = [
            try SyncStand(large, family), try SyncStand(services(settings.fewServices), family),
        ]
        try measureSwaps(large, stands, observer)
        for kind in SingleChange.Kind.allCases where kind != .endpointSwapped {
            let subjects = stands.map { SingleChange(kind, on: $0, count: settings.changes) }
            try run(subjects, observer, rounds: settings.rounds)
        }
        for transport in [TransportProtocol.tcp, .udp] {
            let subjects = try stands.map {
                try FirstAnswer(transport, on: $0, count: settings.changes)
            }
            try run(subjects, observer, rounds: settings.rounds)
        }
    }
}

extension SyncRun {
    private var slowRounds: Int { min(settings.rounds, settings.slowRounds) }

    private func measureFull(_ services: ServiceSet, _ observer: Observer) throws {
        let store = try ServiceStore(services)
        let subjects = programs.map { FullProgramming($0, store, family) }
        try run(subjects, observer, rounds: slowRounds)
        guard programs.contains(.weft) else { return }
        try run([try WarmRestart(store, family)], observer, rounds: slowRounds)
    }

    /// The change that peers are measured with as well.
    private func measureSwaps(
        _ large: ServiceSet, _ stands: [SyncStand], _ observer: Observer
    ) throws {
        let own = stands.map {
            SingleChange(.endpointSwapped, on: $0, count: settings.changes)
        }
        var peers: [PeerChange] = []
        for program in programs where program != .weft {
            try observer.tell(.step("\(program.rawValue) gets \(large.count) services"))
            if let peer = try PeerChange(program, large, family) { peers.append(peer) }
        }
        let rounds = peers.contains(where: \.isSlow) ? slowRounds : settings.rounds
        var subjects: [any Subject] = own
        subjects += peers as [any Subject]
        try run(subjects, observer, rounds: rounds)
    }

    /// Measures subjects by turns; the first one is what all others are compared with.
    private func run(_ subjects: [any Subject], _ observer: Observer, rounds: Int) throws {
        var interleaving = Interleaving(subjects, rounds: rounds)
        let found = try interleaving.run(observer)
        let ratios = found.dropFirst().flatMap { found[0].ratios(to: $0) }
        try observer.tell(.measured(found, ratios))
    }
}
