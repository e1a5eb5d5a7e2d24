import Network
import Testing

@testable import Proxy

@Suite struct `Turns of backends` {
    private let port = TestPort(family: .v4)

    private func backends(_ numbers: Range<Int>) -> [Backend] { numbers.map { port.backend($0) } }

    private func weighted(_ weights: [UInt16]) -> [Backend] {
        weights.indices.map { index in
            var backend = port.backend(index)
            backend.weight = weights[index]
            return backend
        }
    }

    private func numbers(_ turns: [Backend]) -> String {
        turns.map { turn in
            weighted([0, 0, 0, 0, 0, 0]).firstIndex { $0.endpoint == turn.endpoint }
                .map(String.init) ?? "?"
        }.joined()
    }

    @Test(arguments: [
        ([5, 1, 1], "0010200"), ([1, 1], "01"), ([2, 4], "101"), ([0, 3, 3], "12"),
        ([0, 0], "01"), ([0, 7], "1"), ([3, 2], "01010"), ([], ""),
    ])
    func `weighted are spread evenly, in the smallest numbers`(weights: [UInt16], turns: String) {
        #expect(numbers(TurnOrder.weighted(weighted(weights))) == turns)
        #expect(numbers(TurnOrder.weighted(weighted(weights).reversed())) == turns)
    }

    @Test func `weighted never wait longer than their weight allows`() {
        let turns = TurnOrder.weighted(weighted([100, 37, 10, 3]))
        #expect(turns.count == 150)
        for (index, weight) in [100, 37, 10, 3].enumerated() {
            let own = turns.indices.filter { turns[$0].endpoint == port.backend(index).endpoint }
            #expect(own.count == weight)
            let gaps = zip(own, own.dropFirst() + [own[0] + turns.count]).map { $1 - $0 }
            let even = 150 / Double(weight)
            #expect(gaps.allSatisfy { Double($0) < even * 2 + 1 }, "\(index): \(gaps)")
        }
    }

    @Test func `weighted with a table that would be too long are rounded, and nobody is left out`()
    {
        let turns = TurnOrder.weighted(weighted(Array(repeating: 999, count: 20) + [1000, 1]))
        #expect(turns.count <= 4097)
        #expect(Set(turns.map(\.endpoint)).count == 22)
    }

    @Test func `hashed change only where somebody comes or goes`() {
        let all = TurnOrder.hashed(backends(1..<11))
        let without = TurnOrder.hashed(backends(1..<11).filter { $0 != port.backend(4) })
        #expect(all.count == 128 && without.count == 128)
        for (before, after) in zip(all, without) where before != port.backend(4) {
            #expect(before == after)
        }
        #expect(Set(all.map(\.endpoint)).count == 10)
        #expect(TurnOrder.hashed(backends(1..<11).reversed()) == all)
    }

    @Test(arguments: [
        (1, 1), (2, 128), (16, 128), (17, 1024), (128, 1024), (129, 4096), (600, 600),
    ])
    func `hashed have as many turns as even shares need`(count: Int, turns: Int) {
        #expect(TurnOrder.hashed(backends(0..<count)).count == turns)
    }

    @Test func `in turn keep their turns while one is replaced`() {
        let before = backends(1..<5)
        let after = backends(1..<4) + [port.backend(9)]
        #expect(TurnOrder.keeping(before, after, start: 3).map(\.endpoint) == after.map(\.endpoint))
        let fewer = TurnOrder.keeping(before, backends(1..<4), start: 1)
        #expect(fewer == [port.backend(2), port.backend(3), port.backend(1)])
        #expect(TurnOrder.keeping(before, [], start: 5) == [])
    }
}
