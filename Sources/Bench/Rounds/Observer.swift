/// Who wants to know how far a run is.
package struct Observer {
    private let body: (Event) throws -> Void

    package enum Event {
        /// A round begins, the turn 0 being the one to warm up.
        case round(Identity, turn: Int, of: Int)
        /// Something else takes a while, as loading the rules of a peer.
        case step(String)
        /// A thing is measured, and how it compares.
        case measured([Measurement], [Ratio])
        /// What a reader of the results must know.
        case note(String)
    }

    /// A body that throws ends the run.
    package init(_ body: @escaping (Event) throws -> Void) { self.body = body }
}

extension Observer {
    package func tell(_ event: Event) throws { try body(event) }

    func begins(_ identity: Identity, turn: Int, of turns: Int) throws {
        try body(.round(identity, turn: turn, of: turns))
    }
}
