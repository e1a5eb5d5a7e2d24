import Bench
import Network
import Platform
import Support

/// `weft bench sync`.
let syncCommand = Subcommand(
    "weft bench sync", summary: "Measure how long services take to be in the kernel",
    details: """
        Lets Weft's proxy program services from a store, on a thread and in a network namespace of its
        own, and compares it with kube-proxy's rules for the same services, which nft or
        iptables-restore loads:

          full              all services at once, into a kernel that has none
          restart           a proxy that starts where everything is right; nothing is to be written
          endpoint-swapped  from the event of one change to the kernel's commit, with many
          endpoint-added    services and with few; of kube-proxy only what its program needs to
          endpoint-removed  write the change, and not what it needs to find it
          service-added
          service-deleted
          start             with --peer: from the start of a process until all services that a server
                            has are in the kernel; of weft proxy, and of the real kube-proxy
          first-answer      from the event that a service has another endpoint to the first answer
                            from there to a client

        --peer kube-proxy=PATH measures the real kube-proxy as well: its start, an endpoint swapped,
        from the event of its server until the kernel has its rules, and the first answer. It keeps to
        its minSyncPeriod of a second, which passes before each change and is not counted. It is
        measured in its nftables mode, unless --programs names another.

        Root is needed, or 'unshare -rn'. Nothing remains, whatever becomes of the process.

        Examples:
          weft bench sync --json sync.json
          weft bench sync --services 1000 --peer kube-proxy=/usr/local/bin/kube-proxy
          weft bench sync --services 50000 --programs weft
        """,
    options: [
        Option("services", value: "N", help: "How many services there are (default: 10000)"),
        Option("few", value: "N", help: "The services of the small cluster (default: 100)"),
        Option("endpoints", value: "N", help: "How many endpoints each has (default: 10)"),
        Option("family", value: "v4|v6,...", isList: true, help: "IPv4 or IPv6"),
        Option(
            "programs", value: "NAME,...", isList: true,
            help: "What programs the services: weft, kube-proxy-nft, kube-proxy-iptables, "
                + "kube-proxy-iptables-legacy; with --peer kube-proxy:nftables, "
                + "kube-proxy:iptables"),
        peerOption(PathProgram.peers),
        Option("changes", value: "N", help: "How many changes a round has"),
        Option("short", help: "Measure fewer services, in about a minute"),
    ] + BenchSession.options
) { arguments in
    let session = try BenchSession(arguments)
    return try session.run(SyncSuite(try arguments.syncSettings))
}

extension Arguments {
    fileprivate var syncSettings: SyncSettings {
        get throws {
            var settings = has("short") ? SyncSettings.short : SyncSettings()
            settings.services = try number("services", in: 1...200_000, or: settings.services)
            settings.fewServices = try number("few", in: 1...100_000, or: settings.fewServices)
            settings.endpoints = try number("endpoints", in: 1...1000, or: settings.endpoints)
            settings.changes = try number("changes", in: 1...100_000, or: settings.changes)
            settings.families =
                try choices("family", of: IPFamily.allCases) { $0.word } ?? settings.families
            settings.programs =
                try choices("programs", of: PathProgram.self)?.filter { $0 != .none }
                ?? settings.programs
            settings.rounds = try BenchSession.rounds(self)
            settings.weft = try Program.currentFile
            settings.add(try peers(PathProgram.peers))
            return settings
        }
    }

    private func number(
        _ name: String, in range: ClosedRange<Int>, or standard: Int
    ) throws(UsageError) -> Int {
        has(name) ? try number(name, in: range) : standard
    }
}
