import Platform
import TestSupport
import Testing

@testable import CNI

/// A machine that runs pods: its network, and the directories plugins write to, for one test.
struct Node {
    let host: Host
    /// In the place of /run and /var/lib for every plugin.
    private let directory: String
    /// CNI_PATH.
    var searchPath: [String]

    /// Debian's plugins, for chains with another suite's.
    static let reference = "/usr/lib/cni"
    static let hasReference = (try? File.status("\(reference)/bridge")) != nil

    /// Our plugins come before others of the same name in the directories given.
    init(_ lab: Lab, in directory: String, plugins others: [String] = []) throws {
        host = try lab.host("node")
        self.directory = directory
        let ours = "\(directory)/bin"
        searchPath = [ours] + others
        for path in [ours, run, state] { try Directory.create(path) }
        for name in PluginName.allCases {
            try File.link("\(ours)/\(name.rawValue)", to: Node.binary)
        }
    }

    /// What the plugins see as /run.
    var run: String { "\(directory)/run" }
    /// What the plugins see as /var/lib.
    var state: String { "\(directory)/lib" }

    /// The program under test lies beside the tests, which the same build made.
    private static var binary: String {
        let tests = CommandLine.arguments[0].split(separator: "/").dropLast()
        return "/" + (tests + ["weft-cni"]).joined(separator: "/")
    }
}

extension Node {
    /// Runs a plugin on the node, as a runtime would.
    func run(
        _ plugin: String, _ variables: [String], input: [UInt8]
    ) throws -> Program.Outcome {
        let file = try find(plugin)
        // Of its own mounts only: no other process sees the directories in these places.
        let script = "mount --bind $0 /run && mount --bind $1 /var/lib && exec $2"
        let program = Program(
            "unshare", ["--mount", "sh", "-c", script, run, state, file],
            environment: variables + [
                "CNI_PATH=\(searchPath.joined(separator: ":"))",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            ],
            input: input, limit: .seconds(300))
        return try host.namespace.run { () throws(PlatformError) in try program.run() }
    }

    private func find(_ plugin: String) throws -> String {
        for directory in searchPath {
            let path = "\(directory)/\(plugin)"
            if try File.status(path)?.kind == .file { return path }
        }
        throw LabError("no plugin \(plugin) in \(searchPath)")
    }
}

extension Node {
    /// Writes a file that plugins will find below /run, as an agent would.
    func write(_ text: String, toRun path: String) throws {
        let path = "\(run)/\(path)"
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try Directory.create("/\(parent)")
        try File.replace(path, with: Array(text.utf8).span, durably: false)
    }

    /// What must be as it was when pods have come and gone: what the kernel holds, and the leases.
    ///
    /// Lines without what counts, ages or goes up and down by itself.
    var residue: [String] {
        get throws {
            try host.command("sh", ["-c", Self.listing, state])
                .split(separator: "\n").map(String.init)
        }
    }

    /// Expects that nothing has come since, and nothing gone.
    func expectUnchanged(
        since before: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let changes = try residue.difference(from: before).map { change in
            switch change {
            case .insert(_, let line, _): "+ \(line)"
            case .remove(_, let line, _): "- \(line)"
            }
        }
        #expect(changes == [], sourceLocation: sourceLocation)
    }

    private static let listing = """
        nft list ruleset | sed -E 's/packets [0-9]+ bytes [0-9]+//'
        ip -o -d link | sed -E 's/<[^>]*>|state [A-Z]+|[a-z_]*timer +[0-9.]+|qlen [0-9]+//g'
        ip -o addr | sed -E 's/valid_lft.*//'
        { ip route show table all; ip -6 route show table all; } |
            sed -E 's/expires [0-9]+sec//; s/ linkdown//'
        ip rule; ip -6 rule
        tc qdisc | sed -E 's/refcnt.*//'
        find $0 -type f ! -name lock ! -name 'last_reserved_ip.*' ! -name 'released.*' | sort
        """
}
