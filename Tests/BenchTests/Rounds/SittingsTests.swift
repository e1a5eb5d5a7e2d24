import Testing

@testable import Bench

@Suite struct `Sittings and procedures` {
    private func measurement(_ name: String, _ rounds: [Double]) -> Measurement {
        var histogram = Histogram()
        for round in rounds { histogram.record(UInt64(round)) }
        return Measurement(
            Identity("test", name, []), [Figure(.p50, Estimate(rounds: rounds))], histogram)
    }

    @Test(arguments: [
        (1, 10, [10]), (2, 5, [2, 3]), (3, 10, [3, 3, 4]), (5, 2, [1, 1]), (0, 3, [3]),
    ])
    func `share the rounds`(count: Int, rounds: Int, shares: [Int]) throws {
        var given: [Int] = []
        let found = try Sittings(count, rounds: rounds).run { share in
            given.append(share)
            return [[measurement("a", Array(repeating: 1, count: share))]]
        }
        #expect(given == shares)
        #expect(found[0][0]["p50"]?.rounds.count == rounds)
    }

    @Test func `put together what belongs together`() throws {
        var turn = 0.0
        let found = try Sittings(2, rounds: 2).run { _ in
            turn += 1
            return [
                [measurement("a", [turn]), measurement("b", [10 * turn])],
                [measurement("c", [100 * turn])],
            ]
        }
        #expect(found.map { $0.map(\.identity.workload) } == [["a", "b"], ["c"]])
        #expect(
            found.flatMap { $0.compactMap { $0["p50"]?.rounds } } == [
                [1, 2], [10, 20], [100, 200],
            ])
        #expect(found[0][1].histogram.count == 2)
    }

    /// Notes when it is measured.
    private struct Steps: Procedure {
        let name: String
        let note: (String) -> Void
        var identities: [Identity] { ["make", "remove"].map { Identity(name, $0, []) } }

        func measure() -> [Round] {
            note(name)
            return [1.0, 2.0].map { value in
                var round = Round()
                round.set(.p50, value)
                return round
            }
        }
    }

    @Test func `procedures take turns, the first of which warms up`() throws {
        var order = ""
        var procedures = Procedures(
            ["a", "b"].map { Steps(name: $0) { order += $0 } }, rounds: 3)
        let found = try procedures.run(Observer { _ in })
        #expect(order == "abbaabba")
        #expect(
            found.map { $0.map { $0["p50"]?.rounds } } == [
                [[1, 1, 1], [2, 2, 2]], [[1, 1, 1], [2, 2, 2]],
            ])
    }

    /// Its memory grows from round to round.
    private struct Server: Subject {
        let identity = Identity("dns", "saturated", [])
        var rounds = 0.0

        mutating func measure() -> Round {
            rounds += 1
            var round = Round()
            round.set(.rate, rounds)
            round.setLasting(.memory, rounds)
            return round
        }
    }

    @Test func `what lasts is no more certain for being looked at again`() throws {
        var turns = Interleaving([Server()], rounds: 6)
        let found = try turns.run(Observer { _ in })
        #expect(found[0]["rate"]?.rounds == [2, 3, 4, 5, 6, 7])
        #expect(found[0]["rss"]?.rounds == [7])
    }
}
