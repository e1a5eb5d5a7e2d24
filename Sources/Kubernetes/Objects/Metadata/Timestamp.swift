/// A time as the API writes it, to the second.
package struct Timestamp: Hashable, Sendable, Comparable {
    /// Since 1970.
    package let seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }

    package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
}
