import Measure
import NFTables
import Platform

/// The whole benchmark: both ways of programming in turn, then the single changes.
struct Report: CustomStringConvertible {
    private var ours: Programming
    private var nft: Programming
    private var changes: Changes
    private let ruleset: ServiceRuleset

    init(_ ruleset: ServiceRuleset, pairs: Int, changes count: Int) throws {
        self.ruleset = ruleset
        let file = "/tmp/weft-bench-nftables.\(MonotonicTime.now.nanoseconds)"
        try File.replace(file, with: ruleset.text.utf8Span.span)
        defer { _ = try? File.remove(file) }
        ours = Programming(
            "weft",
            Program(
                "/proc/self/exe",
                [
                    "--apply", "--services", "\(ruleset.services)", "--endpoints",
                    "\(ruleset.endpointsPerService)",
                ]))
        nft = Programming("nft -f", Program("nft", ["-f", file]))
        for _ in 0..<pairs {
            try ours.measure()
            try nft.measure()
        }
        changes = Changes(ruleset)
        try measureChanges(count)
    }

    private mutating func measureChanges(_ count: Int) throws {
        var changes = changes
        let outcome = try NetworkNamespace.anonymous().run {
            Result { try changes.measure(times: count) }
        }
        try outcome.get()
        self.changes = changes
    }

    var description: String {
        let elements = ruleset.services * (ruleset.endpointsPerService + 1)
        return """
            nftables: \(ruleset.services) chains with a rule each, \(elements) map elements
            nftables: \(ours.wall)
            nftables: \(nft.wall)
            nftables: ratio of wall medians \(ours.wall.ratio(to: nft.wall).rounded(toDecimals: 3))
            nftables: \(ours.user)
            nftables: \(nft.user)
            nftables: ratio of user medians \(ours.user.ratio(to: nft.user).rounded(toDecimals: 3))
            nftables: \(ours.system)
            nftables: \(nft.system)
            nftables: peak memory weft \(ours.peakMemory >> 20) MiB, nft \(nft.peakMemory >> 20) MiB
            nftables: \(changes.endpoint)
            nftables: \(changes.rule)
            """
    }
}
