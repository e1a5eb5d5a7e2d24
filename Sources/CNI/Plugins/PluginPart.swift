/// One thing that a plugin does for an attachment and undoes again: addresses, links, host ports.
///
/// A plugin is a list of parts. ADD takes them in order and, when one fails, removes what it and
/// those before it made; DEL takes them backwards and goes on after a failure.
package protocol PluginPart: Sendable {
    /// Reads and checks the part's keys, without any effect.
    init(_ configuration: NetworkConfiguration) throws(CNIError)

    /// Whether an `add` that throws has removed what it made, and only that: then it is not removed
    /// again, for the attachment may have had something before.
    static var undoesItself: Bool { get }

    /// Makes the part's objects and adds to the result what it made.
    func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError)

    /// Throws when an object that `add` made is not as it was made; `result` is the previous one.
    func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError)

    /// Throws when an `add` could not work now.
    func status() throws(CNIError)

    /// Removes whatever the part made for the attachment. The configuration may have changed since
    /// ADD, or be damaged: what is there is found by its owner, not by keys (C25, C31).
    static func remove(_ pod: PodCall, _ configuration: NetworkConfiguration) throws(CNIError)

    /// Removes what the part made for attachments of this network that are not listed (C28).
    static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError)
}

extension PluginPart {
    package static var undoesItself: Bool { false }

    package func status() throws(CNIError) {}
}
