import Bench
import Platform
import Support

/// `weft bench all`.
let allCommand = Subcommand(
    "weft bench all", summary: "Measure everything, into one set of results",
    details: """
        Runs the suites path, sync, dns, cni, watch and memory one after the other, each as its own
        command does without options. A suite that fails is a note in the results, and the others
        still run. With --short it takes less than ten minutes, which is what make bench does.

        Examples:
          weft bench all --json all.json --html all.html
          weft bench all --short --only path,sync
        """,
    options: [
        Option("short", help: "Only what shows that nothing has become worse"),
        Option("only", value: "SUITE,...", isList: true, help: "No other suites"),
        peerOption(MemorySuite.peers),
    ] + BenchSession.options
) { arguments in
    let session = try BenchSession(arguments)
    return try session.run(try arguments.chosenParts)
}

extension Arguments {
    fileprivate var chosenParts: [BenchSession.Part] {
        get throws {
            let all = try parts
            guard let only = text("only") else { return all }
            let names = only.split(separator: ",").map(String.init)
            for name in names where !all.contains(where: { $0.name == name }) {
                let known = all.map(\.name).joined(separator: ", ")
                throw UsageError("--only: there is no suite '\(name)', but \(known)")
            }
            return all.filter { names.contains($0.name) }
        }
    }

    private var parts: [BenchSession.Part] {
        get throws {
            let rounds = try BenchSession.rounds(self)
            let peers = try self.peers(MemorySuite.peers)
            let program = try Program.currentFile
            return [
                .init("path") { PathSuite(pathSettings(rounds, peers)) },
                .init("sync") { SyncSuite(syncSettings(rounds, program, peers)) },
                .init("dns") { NameSuite(nameSettings(rounds, program, peers)) },
                .init("cni") { PodSuite(podSettings(rounds, program)) },
                .init("watch") { WatchSuite(watchSettings(rounds)) },
                .init("memory") { MemorySuite(memorySettings(rounds, peers)) },
            ]
        }
    }

    private func pathSettings(_ rounds: Int, _ peers: PeerPaths) -> PathSettings {
        var settings = PathSettings()
        settings.rounds = rounds
        if has("short") { settings.sections = PathSection.short }
        settings.add(peers, where: \.hasShapes)
        return settings
    }

    private func syncSettings(_ rounds: Int, _ weft: String, _ peers: PeerPaths) -> SyncSettings {
        var settings = has("short") ? SyncSettings.short : SyncSettings()
        settings.rounds = rounds
        settings.weft = weft
        settings.add(peers)
        return settings
    }

    private func nameSettings(_ rounds: Int, _ weft: String, _ peers: PeerPaths) -> NameSettings {
        var settings = NameSettings(weft: weft)
        settings.rounds = rounds
        settings.peers = peers
        if has("short") { settings.shorten() }
        return settings
    }

    private func podSettings(_ rounds: Int, _ weft: String) -> PodSettings {
        let beside = "/" + weft.split(separator: "/").dropLast().joined(separator: "/")
        var settings = PodSettings(plugin: "\(beside)/weft-cni")
        settings.rounds = rounds
        if has("short") { settings.shorten() }
        return settings
    }

    private func watchSettings(_ rounds: Int) -> WatchSuite.Settings {
        var settings = WatchSuite.Settings()
        settings.rounds = rounds
        if has("short") { settings.changes = 200 }
        return settings
    }

    private func memorySettings(_ rounds: Int, _ peers: PeerPaths) -> MemorySuite.Settings {
        var settings = MemorySuite.Settings()
        settings.rounds = min(rounds, settings.rounds)
        settings.peers = peers
        guard has("short") else { return settings }
        settings.services = [100, 10_000]
        settings.idle = .seconds(2)
        return settings
    }
}
