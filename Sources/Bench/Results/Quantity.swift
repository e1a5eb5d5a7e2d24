/// What a figure counts.
package struct Quantity: Hashable, Sendable {
    /// As `p50`, `p99`, `rate` or `cpu`.
    package let name: String
    package let unit: Unit
    package let better: Direction

    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case nanoseconds = "ns"
        case perSecond = "1/s"
        case bytesPerSecond = "B/s"
        case bytes = "B"
        /// A number of things, as of lost packets or of messages.
        case count = ""
        /// A part of one.
        case share = "share"
    }

    package enum Direction: String, Hashable, Sendable, CaseIterable {
        case less, more
    }

    package init(_ name: String, _ unit: Unit, better: Direction) {
        self.name = name
        self.unit = unit
        self.better = better
    }
}

extension Quantity {
    package static let p50 = Quantity("p50", .nanoseconds, better: .less)
    package static let p99 = Quantity("p99", .nanoseconds, better: .less)
    /// Things done each second.
    package static let rate = Quantity("rate", .perSecond, better: .more)
    /// Processor time for each thing done.
    package static let processor = Quantity("cpu", .nanoseconds, better: .less)
    package static let throughput = Quantity("throughput", .bytesPerSecond, better: .more)
    package static let memory = Quantity("rss", .bytes, better: .less)
    /// Things that were begun and did not come to their end, as a part of all.
    package static let lost = Quantity("lost", .share, better: .less)
}
