import NFTables
import Network
import TestSupport
import Testing

@testable import Proxy

@Suite struct `Random changes of services` {
    @Test(arguments: IPFamily.allCases, 1...4)
    func `leave what a proxy that starts upon them would leave as it is`(
        family: IPFamily, seed: Int
    ) {
        var cluster = RandomCluster(seed: UInt64(seed))
        let steps = cluster.steps(300)
        guard failure(of: steps, family) != nil else { return }
        let fewest = shortest(steps) { failure(of: $0, family) != nil }
        Issue.record("\(failure(of: fewest, family) ?? "")\nafter \(fewest)")
    }

    @Test(.requiresRoot, arguments: IPFamily.allCases, 21...21)
    func `leave the same in the kernel`(family: IPFamily, seed: Int) throws {
        var cluster = RandomCluster(seed: UInt64(seed))
        let steps = cluster.steps(300)
        let failure = try Lab().host("node").run {
            self.failure(of: steps, family, in: try KernelRuleset())
        }
        #expect(failure == nil)
    }

    @Test(arguments: IPFamily.allCases, 1...4)
    func `with services' own addresses given twice can be started upon`(
        family: IPFamily, seed: Int
    ) throws {
        var cluster = RandomCluster(seed: UInt64(seed), sharesAddresses: true)
        var synced = SyncedFamily(family, FakeRuleset())
        _ = try synced.start()
        for _ in 0..<5 {
            for step in cluster.steps(20) { try synced.apply(step) }
            _ = try synced.start()
            let conflicts = synced.sync.plan?.conflictCount
            let expected = synced.wanted.conflictCount
            #expect(conflicts == expected)
        }
    }

    private func failure(of steps: [RandomStep], _ family: IPFamily) -> String? {
        failure(of: steps, family, in: FakeRuleset())
    }

    /// What is wrong, and after which step, when the changes are made one after the other.
    private func failure(
        of steps: [RandomStep], _ family: IPFamily, in ruleset: consuming some Ruleset & ~Copyable
    ) -> String? {
        var synced = SyncedFamily(family, ruleset)
        do { _ = try synced.start() } catch { return "\(error)" }
        for (number, step) in steps.enumerated() {
            let isChecked = number % 10 == 9 || number == steps.count - 1
            do {
                try synced.apply(step)
                if isChecked, let wrong = try synced.wrong() { return "step \(number): \(wrong)" }
            } catch {
                return "step \(number): \(error)"
            }
        }
        return nil
    }

    /// As few of the steps as still fail, leaving out ever smaller parts.
    private func shortest(
        _ steps: [RandomStep], _ fails: ([RandomStep]) -> Bool
    ) -> [RandomStep] {
        var (steps, length) = (steps, steps.count / 2)
        while length > 0 {
            var start = 0
            while start < steps.count {
                var fewer = steps
                fewer.removeSubrange(start..<min(start + length, steps.count))
                if fails(fewer) { steps = fewer } else { start += length }
            }
            length /= 2
        }
        return steps
    }
}

extension SyncedFamily where Rules: ~Copyable {
    /// What differs between the plan, the ruleset and the objects.
    fileprivate mutating func wrong() throws -> String? {
        // Guards that nobody uses any more are left till then.
        try apply(.rest)
        let conflicts = sync.plan?.conflictCount ?? 0
        if conflicts != wanted.conflictCount {
            return "\(conflicts) conflicts, not \(wanted.conflictCount)"
        }
        for difference in [try differences(), try planDifferences()] where !difference.isEmpty {
            return difference
        }
        return nil
    }
}

extension WantedServices {
    /// How many destinations several ports want.
    fileprivate var conflictCount: Int {
        let destinations = all.values.joined().flatMap(\.destinations)
        let counts = Dictionary(destinations.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.values.count { $0 > 1 }
    }
}
