import Kubernetes
import Network

/// Changes that looks have shown, until a family has them in the kernel.
struct UnappliedChanges: Sendable {
    private(set) var services = 0
    private(set) var slices = 0
    /// What is noted on slices that became something else, by the first change of each.
    private(set) var notes: [ObjectKey: Annotations] = [:]

    init() {}

    init(_ look: Look, _ family: IPFamily) {
        services = look.changes(of: Service.self).count
        for change in look.changes(of: EndpointSlice.self)
        where (change.now ?? change.before)?.value.addressType.family == family {
            slices += 1
            // What was not noted anew follows from no change of endpoints.
            if let now = change.now, now.note != change.before?.note {
                notes[change.key] = now.value.metadata.annotations
            }
        }
    }

    mutating func add(_ later: Self) {
        services += later.services
        slices += later.slices
        notes.merge(later.notes) { first, _ in first }
    }
}

extension Shared<EndpointSlice> {
    fileprivate var note: String? { value.metadata.annotations[ProgrammingLatency.annotation] }
}
