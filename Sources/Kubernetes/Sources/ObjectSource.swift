/// Where objects come from: an API server, or a directory of manifests.
///
/// A source works on a thread of its own from the moment it is made until it is stopped.
package protocol ObjectSource: AnyObject, Sendable {
    /// What the source has told so far; consumers subscribe to it.
    var store: ObjectStore { get }

    /// What the source has done so far.
    var statistics: SourceStatistics { get }

    /// Ends the thread and waits for it; what the store holds stays.
    func stop()
}
