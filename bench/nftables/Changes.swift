import Measure
import NFTables
import Platform

/// Single changes to a programmed ruleset, each committed by the kernel before the clock stops.
struct Changes {
    let ruleset: ServiceRuleset
    private(set) var endpoint = Samples(of: "replace one endpoint")
    private(set) var rule = Samples(of: "replace one service's rule")

    init(_ ruleset: ServiceRuleset) { self.ruleset = ruleset }

    mutating func measure(times: Int) throws(NFTablesError) {
        var kernel = try KernelRuleset()
        try kernel.apply(ruleset.transaction)
        for round in 0..<times {
            // A stride without common divisors meets services from everywhere.
            let service = (round * 7919) % ruleset.services
            endpoint.add(try replaceEndpoint(of: service, round, &kernel))
            rule.add(try replaceRule(of: service, &kernel))
        }
    }

    private func replaceEndpoint(
        of service: Int, _ round: Int, _ kernel: inout KernelRuleset
    ) throws(NFTablesError) -> Duration {
        let begin = MonotonicTime.now
        var transaction = Transaction()
        transaction.delete([ruleset.endpointElement(0, of: service)], from: ruleset.endpointMap)
        transaction.add(
            [ruleset.endpointElement(0, of: service, port: UInt16(9000 + round % 1000))],
            to: ruleset.endpointMap)
        try kernel.apply(transaction)
        let time = MonotonicTime.now - begin
        try restoreEndpoint(of: service, round, &kernel)
        return time
    }

    private func restoreEndpoint(
        of service: Int, _ round: Int, _ kernel: inout KernelRuleset
    ) throws(NFTablesError) {
        var transaction = Transaction()
        transaction.delete(
            [ruleset.endpointElement(0, of: service, port: UInt16(9000 + round % 1000))],
            from: ruleset.endpointMap)
        transaction.add([ruleset.endpointElement(0, of: service)], to: ruleset.endpointMap)
        try kernel.apply(transaction)
    }

    /// Without a handle: the chain's one rule goes and the new one comes in the same transaction.
    private func replaceRule(
        of service: Int, _ kernel: inout KernelRuleset
    ) throws(NFTablesError) -> Duration {
        let begin = MonotonicTime.now
        var transaction = Transaction()
        transaction.flush(ruleset.chain(service))
        transaction.add(ruleset.rule(service, modulus: ruleset.endpointsPerService - 1))
        try kernel.apply(transaction)
        return MonotonicTime.now - begin
    }
}
