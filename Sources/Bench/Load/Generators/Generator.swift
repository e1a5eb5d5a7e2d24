import Platform

/// What makes traffic on a client's thread.
protocol Generator: ~Copyable {
    /// Begins things until the time has come, and waits for those that have no end yet.
    mutating func run(until end: MonotonicTime, _ tally: inout Tally) throws(PlatformError)
}
