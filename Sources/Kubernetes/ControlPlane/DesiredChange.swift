/// An object of the manifests that is new, another, or gone.
package struct DesiredChange: Sendable {
    package let id: ObjectID
    /// Nothing if no manifest has it any more.
    package let now: (any StoredObject)?
    /// Where it was written, as reports name it: `file:line:column`.
    package let origin: String

    package init(_ id: ObjectID, _ now: (any StoredObject)?, origin: String) {
        self.id = id
        self.now = now
        self.origin = origin
    }
}

/// What the control plane made of changes.
package struct ControlPlaneOutcome: Sendable {
    /// To be removed, before anything is put.
    package internal(set) var deletions: [ObjectID] = []
    package internal(set) var objects: [any StoredObject] = []
    package internal(set) var reports: [Report] = []
}
