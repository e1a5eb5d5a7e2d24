/// What an event loop found; `Source` is the caller's own name for where it comes from.
package enum Event<Source> {
    /// A call on the source's descriptor will not wait, be it to report an error.
    case ready(Source, Readiness)
    /// A timer's deadline has come.
    case timer(Source)
    /// The process was sent a signal; several of a kind in short order are one.
    case signal(Signal)
    /// Some thread used the loop's waker, once or more often.
    case woken
}

extension Event: Sendable where Source: Sendable {}
extension Event: Equatable where Source: Equatable {}
