package import Platform

/// What a source has done so far, for people and for metrics.
package struct SourceStatistics: Hashable, Sendable {
    package struct OfKind: Hashable, Sendable {
        /// Requests by what they were for.
        package var lists = 0
        package var watches = 0
        package var failures = 0
        /// Lists that were asked for again, because the watch could not go on.
        package var relists = 0
        package var events = 0
        /// Objects that could not be read and were left as they were.
        package var refusedObjects = 0
        package var lastEvent: MonotonicTime?
        package var latency = LatencyHistogram()

        package init() {}
    }

    package var kinds: [Kind: OfKind] = [:]
    package var bytesReceived: UInt64 = 0
    package var connectionsOpened = 0

    package init() {}
}

/// How long answers took to begin, counted by upper bounds.
package struct LatencyHistogram: Hashable, Sendable {
    /// In seconds; what took longer is in the count alone.
    package static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// How many took at most as long as the bound of the same index, and longer than the one before.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count)
    package private(set) var count = 0
    package private(set) var sum = Duration.zero

    package init() {}

    package mutating func add(_ duration: Duration) {
        count += 1
        sum += duration
        let seconds = duration / .seconds(1)
        if let index = Self.bounds.firstIndex(where: { seconds <= $0 }) { counts[index] += 1 }
    }
}
