import Measure
import Platform

/// The same work done by two chains in turn, each on a node of its own.
struct Comparison {
    private var first: Side
    private var second: Side

    /// The first one's times are divided by the second's.
    init(_ first: (name: String, chain: Chain), _ second: (name: String, chain: Chain)) {
        self.first = Side(first.name, first.chain)
        self.second = Side(second.name, second.chain)
    }

    /// Adds so many pods, then deletes them.
    mutating func measure(pods count: Int) throws {
        try first.prepare()
        try second.prepare()
        let pods = try (1...count).map { (try Pod($0), try Pod($0)) }
        for (one, other) in pods {
            try first.add(one)
            try second.add(other)
        }
        for (one, other) in pods {
            try first.delete(one)
            try second.delete(other)
        }
    }
}

extension Comparison {
    func addition(_ name: String, atMost limit: Double) -> Figure {
        Figure(name, first.additions, against: second.additions, atMost: limit)
    }

    func deletion(_ name: String, atMost limit: Double) -> Figure {
        Figure(name, first.deletions, against: second.deletions, atMost: limit)
    }

    /// The second one's own time, where not only the ratio counts.
    func secondAddition(_ name: String, milliseconds limit: Double) -> Figure {
        Figure(name, second.additions, milliseconds: limit)
    }
}

/// One of the two, and its times.
private struct Side {
    private var chain: Chain
    private(set) var additions: Samples
    private(set) var deletions: Samples

    init(_ name: String, _ chain: Chain) {
        self.chain = chain
        additions = Samples(of: name)
        deletions = Samples(of: name)
    }

    /// The first pod brings what pods share: it does not count.
    mutating func prepare() throws {
        let pod = try Pod(0)
        _ = try chain.add(pod)
        _ = try chain.delete(pod)
    }

    mutating func add(_ pod: Pod) throws { additions.add(try chain.add(pod)) }

    mutating func delete(_ pod: Pod) throws { deletions.add(try chain.delete(pod)) }
}
