import FuzzSupport
import Testing

@Suite struct `Fuzzing` {
    /// Enough to notice a decoder that stopped being robust; weft-fuzz runs millions.
    private static let iterations = 3000

    @Test(arguments: FuzzTargets.all)
    func `mutated inputs are survived`(target: FuzzTarget) {
        target.run(seed: 1, iterations: 0..<Self.iterations)
    }

    @Test func `targets have names of their own and something to start from`() {
        let names = Set(FuzzTargets.all.map(\.name))
        #expect(names.count == FuzzTargets.all.count)
        for target in FuzzTargets.all { #expect(!target.corpus.isEmpty, "\(target)") }
    }
}
