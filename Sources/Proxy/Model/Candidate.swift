import Network

/// An endpoint of a service that might become a port's backend.
struct Candidate {
    var backend: Backend
    let state: EndpointState
    /// Which of the service's slices has it.
    let slice: Int
}

extension Candidate {
    private var place: (IPAddress, UInt16) { (backend.address, backend.port) }

    /// Of several at one address and port the last, but none that terminates over one that does
    /// not (S12).
    ///
    /// A pod's address may be another's again before the first is gone.
    static func merged(_ candidates: [Candidate]) -> [Candidate] {
        var kept: [Candidate] = []
        kept.reserveCapacity(candidates.count)
        // The sort is stable: what was seen last stays last.
        for candidate in candidates.sorted(by: { $0.place < $1.place }) {
            guard let last = kept.last, last.place == candidate.place else {
                kept.append(candidate)
                continue
            }
            if candidate.state.contains(.terminating), !last.state.contains(.terminating) {
                continue
            }
            kept[kept.count - 1] = candidate
        }
        return kept
    }
}
