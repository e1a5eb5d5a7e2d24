/// A decoder under attack: good inputs to start from, and what to do with each mutated one.
package struct FuzzTarget: Sendable {
    package let name: String
    package let corpus: [[UInt8]]
    /// Must return whatever the bytes are; a broken invariant stops the process.
    package let run: @Sendable ([UInt8]) -> Void

    package init(
        _ name: String, corpus: [[UInt8]], run: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.name = name
        self.corpus = corpus
        self.run = run
    }

    package init(_ name: String, texts: [String], run: @escaping @Sendable ([UInt8]) -> Void) {
        self.init(name, corpus: texts.map { Array($0.utf8) }, run: run)
    }
}

extension FuzzTarget: CustomStringConvertible {
    package var description: String { name }
}

extension FuzzTarget {
    /// The input of one iteration, which the seed and its number decide alone.
    ///
    /// The first iterations are the corpus as it is.
    package func input(seed: UInt64, iteration: Int) -> [UInt8] {
        if iteration < corpus.count { return corpus[iteration] }
        var mutator = Mutator(seed: seed, case: UInt64(iteration))
        return mutator.mutant(of: corpus)
    }

    /// Runs iterations in order, telling each number before it is tried.
    package func run(
        seed: UInt64, iterations: Range<Int>, before: (Int) -> Void = { _ in }
    ) {
        for iteration in iterations {
            before(iteration)
            run(input(seed: seed, iteration: iteration))
        }
    }
}
