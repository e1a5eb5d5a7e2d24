import Kubernetes
package import Network

/// `weft bench watch`: what it takes to know a cluster, and to hear of its changes.
package struct WatchSuite: Suite {
    package var settings: Settings

    package struct Settings: Sendable {
        package var services = 10_000
        /// How many there are in the cluster that the large one is compared with.
        package var few = 100
        package var endpoints = 10
        package var families: [IPFamily] = [.v4]
        /// How many changes there are in a round.
        package var changes = 500
        package var rounds = 9

        package init() {}
    }

    package init(_ settings: Settings) { self.settings = settings }

    package mutating func run(_ observer: Observer) throws {
        try observer.tell(.step("making a cluster of \(settings.services) services"))
        try measureDecoding(observer)
        try measureLists(observer)
        try measureChanges(observer)
    }
}

extension WatchSuite {
    private func cluster(_ services: Int) -> PlainCluster {
        PlainCluster(
            services: services, endpoints: settings.endpoints, families: settings.families)
    }

    private func circumstances(
        _ services: Int, _ more: Identity.Circumstance...
    ) -> [Identity.Circumstance] {
        [
            .init("services", "\(services)"), .init("endpoints", "\(settings.endpoints)"),
            .init("family", settings.families.words),
        ] + more
    }

    private func measureDecoding(_ observer: Observer) throws {
        var subjects: [any Subject] = []
        for format in ObjectFormat.allCases {
            subjects.append(
                try DecodeSubject(
                    cluster(settings.services), format,
                    circumstances(settings.services, .init("format", format.word))))
        }
        try compare(subjects, observer)
    }

    private func measureLists(_ observer: Observer) throws {
        let objects = try APIObjects(ServedObjects(cluster(settings.services)))
        var subjects: [any Subject] = []
        for streams in [true, false] {
            for format in ObjectFormat.allCases {
                var serving = APIServerSettings()
                serving.writesProtobuf = format == .protobuf
                serving.streamsLists = streams
                let server = try APIServer(objects, settings: serving)
                subjects.append(
                    ListSubject(
                        WatchedServer(server),
                        circumstances(
                            settings.services, .init("format", format.word),
                            .init("transport", streams ? "stream" : "pages"))))
            }
        }
        try compare(subjects, observer)
    }

    private func measureChanges(_ observer: Observer) throws {
        var changes: [any Subject] = []
        var stored: [any Subject] = []
        for services in [settings.few, settings.services] {
            for format in ObjectFormat.allCases {
                let at = circumstances(services, .init("format", format.word))
                var serving = APIServerSettings()
                serving.writesProtobuf = format == .protobuf
                changes.append(
                    try ChangeSubject(
                        cluster(services), APIObjects(ServedObjects(cluster(services))),
                        changes: settings.changes, serving, at))
                stored.append(
                    try StoreSubject(
                        cluster(services), format, changes: settings.changes, at))
            }
        }
        try compare(stored, observer)
        try compare(changes, observer)
    }

    /// Measures by turns, and says how many times the first's figures the others' are.
    private func compare(_ subjects: [any Subject], _ observer: Observer) throws {
        var turns = Interleaving(subjects, rounds: settings.rounds)
        let measured = try turns.run(observer)
        let ratios = measured.dropFirst().flatMap { other in
            measured.first.map { other.ratios(to: $0) } ?? []
        }
        try observer.tell(.measured(measured, ratios))
    }
}

extension ObjectFormat {
    fileprivate var word: String { self == .protobuf ? "protobuf" : "json" }
}

extension [IPFamily] {
    /// As circumstances name them: `v4`, `v6`, `v4+v6`.
    var words: String { map { $0 == .v4 ? "v4" : "v6" }.joined(separator: "+") }
}
