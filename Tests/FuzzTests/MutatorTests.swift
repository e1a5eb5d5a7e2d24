import FuzzSupport
import Testing

@Suite struct `Mutation` {
    private let corpus: [[UInt8]] = [Array(0..<64), Array(repeating: 0xAA, count: 20), []]

    private func mutants(seed: UInt64, count: Int = 4000) -> [[UInt8]] {
        var mutator = Mutator(seed: seed)
        return (0..<count).map { _ in mutator.mutant(of: corpus) }
    }

    @Test func `a seed decides all mutants`() {
        #expect(mutants(seed: 7) == mutants(seed: 7))
        #expect(mutants(seed: 7) != mutants(seed: 8))
    }

    @Test func `mutants differ from each other and in length`() {
        let mutants = mutants(seed: 1)
        #expect(Set(mutants).count > mutants.count / 2)
        #expect(Set(mutants.map(\.count)).count > 50)
    }

    @Test func `every byte of an input is changed at some time`() {
        let input = [UInt8](repeating: 0, count: 32)
        var mutator = Mutator(seed: 3)
        var changed = Set<Int>()
        for _ in 0..<4000 {
            let bytes = mutator.mutate(input, corpus: [])
            changed.formUnion(bytes.indices.filter { bytes[$0] != 0 })
        }
        #expect(changed.isSuperset(of: 0..<32))
    }

    @Test(
        arguments: [
            [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF], [0x80, 0], [0, 0x80],
            [0, 0, 0, 32], [32, 0, 0, 0],
        ] as [[UInt8]])
    func `limits and lengths are written in both byte orders`(number: [UInt8]) {
        let input = [UInt8](repeating: 0x55, count: 32)
        var mutator = Mutator(seed: 5)
        let found = (0..<30_000).contains { _ in
            let bytes = mutator.mutate(input, corpus: [])
            return bytes.indices.contains { bytes[$0...].starts(with: number) }
        }
        #expect(found)
    }

    @Test func `two corpus entries are spliced`() {
        let found = mutants(seed: 2).contains { bytes in
            bytes.starts(with: [0, 1, 2, 3]) && bytes.contains(0xAA)
        }
        #expect(found)
    }

    @Test func `nothing grows without end`() {
        let long = [UInt8](repeating: 1, count: Mutator.maximumLength)
        var mutator = Mutator(seed: 4)
        for _ in 0..<200 {
            #expect(mutator.mutate(long, corpus: [long]).count <= Mutator.maximumLength)
        }
    }

    @Test func `an iteration can be repeated alone`() throws {
        let target = FuzzTarget("any", corpus: corpus) { _ in }
        let inputs = (0..<100).map { target.input(seed: 9, iteration: $0) }
        #expect(Array(inputs.prefix(3)) == corpus)
        #expect(target.input(seed: 9, iteration: 77) == inputs[77])
        #expect(target.input(seed: 10, iteration: 77) != inputs[77])
    }
}
