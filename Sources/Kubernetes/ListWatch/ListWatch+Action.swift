/// What a `ListWatch` wants done, in this order.
package enum ListWatchAction: Hashable, Sendable {
    case request(ListWatchRequest)
    /// Ends the request, of whose answer nothing more is wanted.
    case cancel
    /// Ends it, and has its connection used for nothing new: it may be dead.
    case abandon
    /// A second request beside the watch.
    case requestCheck(ListWatchRequest)
    case cancelCheck

    /// Begins to replace all objects of the kind.
    case beginReplacement
    case commitReplacement
    case dropReplacement
    /// Stages the object that was just read.
    case stage
    /// Takes the object that was just read out of the replacement.
    case unstage
    /// Leaves the named object as it is held.
    case keep(ObjectKey)
    /// Leaves all objects that do not come as they are held.
    case keepTheRest

    /// Puts the object that was just read.
    case put
    /// Deletes the object that was just read, of which the key is enough.
    case delete

    /// Compares the number of objects now held, before what follows; answered by `compared`.
    case compare(count: Int, tolerance: Int)
    case reloadCredentials
    case report(Report)
}
