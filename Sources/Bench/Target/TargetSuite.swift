import Network

/// `weft bench path --target`: what a real service takes, from where the command runs.
package struct TargetSuite: Suite {
    private let settings: TargetSettings
    private let names: HostNames

    package init(_ settings: TargetSettings) { self.init(settings, .ofMachine) }

    init(_ settings: TargetSettings, _ names: HostNames) {
        self.settings = settings
        self.names = names
    }
}

extension TargetSuite {
    package mutating func run(_ observer: Observer) throws {
        let ways = try ways(observer)
        let client = try LoadClient(.standard)
        for workload in settings.workloads {
            let subjects = ways.map { subject(workload, $0, client) }
            var rounds = Interleaving(subjects, rounds: settings.rounds)
            let found = try rounds.run(observer)
            let ratios = found.count == 2 ? found[1].ratios(to: found[0]) : []
            try observer.tell(.measured(found, ratios))
        }
    }

    private func subject(_ workload: Workload, _ way: Way, _ client: LoadClient) -> LoadSubject {
        LoadSubject(
            Identity(
                "path", workload.name,
                [
                    .init("service", way.role), .init("target", way.place.text),
                    .init("family", way.family.word), .init("flows", "\(settings.connections)"),
                ]), workload, from: client, to: way.targets, for: settings.duration,
            flows: settings.connections, pace: settings.pace, patience: Self.patience)
    }

    /// Longer than a SYN's first repetition, and than anybody waits for an answer gladly.
    private static let patience = Duration.seconds(2.5)
}

extension TargetSuite {
    /// One way to the servers, all addresses of which are of one family.
    private struct Way {
        let role: String
        let place: TargetPlace
        let family: IPFamily
        let targets: [AddressAndPort]
    }

    /// The direct way, if there is one, and that through the service; names are looked up once.
    private func ways(_ observer: Observer) throws -> [Way] {
        let target = try addresses(settings.target)
        let direct = try settings.direct.map { try addresses($0) }
        let family = try family(target, direct)
        let service = try way("target", settings.target, target, family, observer)
        guard let place = settings.direct, let direct else { return [service] }
        return [try way("direct", place, direct, family, observer), service]
    }

    private func addresses(_ place: TargetPlace) throws(BenchError) -> [IPAddress] {
        try names.addresses(of: place.host)
    }

    /// The first that both have, or it would be the families that were compared.
    private func family(
        _ target: [IPAddress], _ direct: [IPAddress]?
    ) throws(BenchError) -> IPFamily {
        let others = Set((direct ?? target).map(\.family))
        guard let family = target.map(\.family).first(where: others.contains) else {
            throw BenchError(
                .traffic, "compare \(settings.target.text) with \(settings.direct?.text ?? "")",
                "one has IPv4 addresses only and the other IPv6 ones")
        }
        return family
    }

    private func way(
        _ role: String, _ place: TargetPlace, _ addresses: [IPAddress], _ family: IPFamily,
        _ observer: Observer
    ) throws -> Way {
        let targets = addresses.filter { $0.family == family }
        if IPAddress(place.host) == nil {
            let list = targets.map(\.description).joined(separator: ", ")
            try observer.tell(.note("\(place.host) is \(list)"))
        }
        return Way(
            role: role, place: place, family: family,
            targets: targets.map { AddressAndPort($0, place.port) })
    }
}
