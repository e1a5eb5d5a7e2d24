import Network
import Topology

/// `weft bench sync`: how long services take to be in the kernel, all at once and when one changes.
package struct SyncSuite: Suite {
    private let settings: SyncSettings

    package init(_ settings: SyncSettings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        let present = try settings.programs.present(observer, settings.peers)
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
        try measureStarts(large, observer)
        guard programs.contains(.weft) else { return }
        let stands = try self.stands(large, observer)
        let peers = try programs.filter { $0.mode != nil }.compactMap { program in
            try observer.tell(.step("\(program.rawValue) gets \(large.count) services"))
            return try KubeProxyStand(program, settings.peers, large, family)
        }
        try measureSwaps(large, stands, peers, observer)
        for kind in SingleChange.Kind.allCases where kind != .endpointSwapped {
            let subjects = stands.map { SingleChange(kind, on: $0, count: settings.changes) }
            try run(subjects, observer, rounds: settings.rounds)
        }
        for transport in [TransportProtocol.tcp, .udp] {
            try measureAnswers(transport, stands, peers, observer)
        }
    }

    /// Nodes of Weft's, with many services and with few.
    private func stands(_ large: ServiceSet, _ observer: Observer) throws -> [SyncStand] {
        try observer.tell(.step("weft gets \(large.count) services, and \(settings.fewServices)"))
        let few = settings.fewServices == large.count ? [] : [services(settings.fewServices)]
        return try ([large] + few).map { try SyncStand($0, family) }
    }
}

extension SyncRun {
    private var slowRounds: Int { min(settings.rounds, settings.slowRounds) }

    private func measureFull(_ services: ServiceSet, _ observer: Observer) throws {
        let store = try ServiceStore(services)
        let subjects = programs.filter { $0.mode == nil }.map { FullProgramming($0, store, family) }
        try run(subjects, observer, rounds: slowRounds)
        guard programs.contains(.weft) else { return }
        try run([try WarmRestart(store, family)], observer, rounds: slowRounds)
    }

    /// What is a process of its own, with all services at a server.
    private func measureStarts(_ services: ServiceSet, _ observer: Observer) throws {
        guard programs.contains(where: { $0.mode != nil }) else { return }
        let objects = try APIObjects(services)
        let subjects = try programs.compactMap {
            try ProcessStart($0, settings, objects, services, family)
        }
        try run(subjects, observer, rounds: slowRounds)
    }

    private func measureAnswers(
        _ transport: TransportProtocol, _ stands: [SyncStand], _ peers: [KubeProxyStand],
        _ observer: Observer
    ) throws {
        var subjects = try stands.map {
            try FirstAnswer(transport, on: $0, count: settings.changes)
        }
        subjects += try peers.map {
            try FirstAnswer(transport, on: $0, count: slowChanges)
        }
        try run(subjects, observer, rounds: settings.rounds)
    }

    private var slowChanges: Int { min(settings.changes, settings.slowChanges) }

    /// The change that peers are measured with as well.
    private func measureSwaps(
        _ large: ServiceSet, _ stands: [SyncStand], _ real: [KubeProxyStand],
        _ observer: Observer
    ) throws {
        let own = stands.map {
            SingleChange(.endpointSwapped, on: $0, count: settings.changes)
        }
        var peers: [PeerChange] = []
        for program in programs where program.isShape {
            try observer.tell(.step("\(program.rawValue) gets \(large.count) services"))
            if let peer = try PeerChange(program, large, family) { peers.append(peer) }
        }
        let rounds = peers.contains(where: \.isSlow) ? slowRounds : settings.rounds
        var subjects: [any Subject] = own
        subjects += peers as [any Subject]
        subjects += real.map { KubeProxyChange(on: $0, count: slowChanges) } as [any Subject]
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
