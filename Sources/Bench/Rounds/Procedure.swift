/// Something of several steps that belong together, as to make a thing, look at it and remove it;
/// each step is measured for itself.
package protocol Procedure {
    /// What the steps are, in their order.
    var identities: [Identity] { get }
    /// One round of each step.
    mutating func measure() throws -> [Round]
}

/// Measures procedures by turns, as `Interleaving` does subjects.
package struct Procedures {
    private var procedures: [any Procedure]
    private let rounds: Int

    package init(_ procedures: [any Procedure], rounds: Int) {
        self.procedures = procedures
        self.rounds = rounds
    }

    /// The steps of each procedure, in the order of these.
    package mutating func run(_ observer: Observer) throws -> [[Measurement]] {
        var all: [[[Round]]] = procedures.map { Array(repeating: [], count: $0.identities.count) }
        for turn in 0...rounds {
            for index in Interleaving.order(of: procedures.count, turn: turn) {
                guard let first = procedures[index].identities.first else { continue }
                try observer.begins(first, turn: turn, of: rounds)
                let steps = try procedures[index].measure()
                if turn == 0 { continue }
                for (step, round) in steps.enumerated() { all[index][step].append(round) }
            }
        }
        return zip(procedures, all).map { procedure, steps in
            zip(procedure.identities, steps).map { Measurement($0, $1) }
        }
    }
}
