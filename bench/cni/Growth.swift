import Measure
import NFTables
import Platform

/// What one more pod costs as their number grows, for none of them goes.
struct Growth {
    private var early: Samples
    private var late: Samples
    private var earlyRules = 0
    private var lateRules = 0
    /// How many at the beginning and at the end are compared.
    private static let window = 50

    init(_ chain: Chain, on node: Node, pods count: Int) throws {
        early = Samples(of: "first \(Self.window)")
        late = Samples(of: "last \(Self.window) of \(count)")
        var chain = chain
        let pods = try (0...count).map { number throws(PlatformError) in try Pod(number) }
        // The first one also makes what pods share.
        _ = try chain.add(pods[0])
        for pod in pods.dropFirst() {
            let time = try chain.add(pod)
            if pod.number <= Self.window { early.add(time) }
            if pod.number == Self.window { earlyRules = try node.countRules() }
            if pod.number > count - Self.window { late.add(time) }
        }
        lateRules = try node.countRules()
    }

    var figures: [Figure] {
        [
            Figure("ADD, the last against the first", late, against: early, atMost: 1.1),
            Figure(
                "nft rules more at the end", Double(lateRules - earlyRules), "", atMost: 0,
                "\(earlyRules), then \(lateRules)"),
        ]
    }
}

extension Node {
    /// How many rules the node's nftables hold.
    fileprivate func countRules() throws -> Int {
        let count = run { () -> Result<Int, NFTablesError> in
            Result { () throws(NFTablesError) in
                var kernel = try KernelRuleset()
                var count = 0
                for table in try kernel.tables(nil) {
                    count += try kernel.rules(in: table.name, chain: nil).count
                }
                return count
            }
        }
        return try count.get()
    }
}
