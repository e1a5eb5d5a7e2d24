import Network

/// Which way a connection goes, and why.
package struct Explanation: Sendable {
    package let connection: Connection
    package internal(set) var steps: [Step] = []
    /// Who takes the connection, and how often.
    package internal(set) var backends: [Share] = []
    package internal(set) var kernel = KernelFinding.unchecked("nobody has asked it")
    var outcome = Outcome.all(.untouched)
    /// The chain that remembers clients, if they stay with their backend.
    var affinityChain: String?
    /// How backends are chosen where there are several.
    var kind: Rotation.Kind?

    /// One reason on the way.
    package struct Step: Hashable, Sendable {
        package let subject: String
        package let text: String
    }

    package struct Share: Hashable, Sendable {
        package let backend: Backend
        package let turns: Int
        package let total: Int
    }

    init(_ connection: Connection) { self.connection = connection }

    mutating func say(_ subject: String, _ text: String) {
        steps.append(Step(subject: subject, text: text))
    }

    mutating func end(_ fate: Outcome.Fate) { outcome = .all(fate) }
}

/// What the kernel has to say of an explanation.
package enum KernelFinding: Hashable, Sendable {
    /// With the way of the first turn through its maps, and to whom the client is bound.
    case agrees(path: [String], boundTo: String?)
    case differs([String], path: [String], boundTo: String?)
    case unchecked(String)
}
