import NFTables

/// How many rules a node's nftables hold.
enum RuleCount {
    static func measurement(
        _ node: PodNode, _ circumstances: [Identity.Circumstance]
    ) throws -> Measurement {
        let count = try BenchError.of(.network, "count rules") { try node.run { try rules() } }
        let estimate = Estimate(rounds: [Double(count)])
        let figure = Figure(Quantity("rules", .count, better: .less), estimate)
        return Measurement(Identity("cni", "rules", circumstances), [figure])
    }

    private static func rules() throws -> Int {
        var kernel = try KernelRuleset()
        var count = 0
        for table in try kernel.tables(nil) {
            count += try kernel.rules(in: table.name, chain: nil).count
        }
        return count
    }
}
