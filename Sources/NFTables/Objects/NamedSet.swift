import CNftnl

/// A set's or map's full name.
package struct SetName: Hashable, Sendable, CustomStringConvertible {
    package let table: TableName
    package let name: String

    package init(_ table: TableName, _ name: String) {
        self.table = table
        self.name = name
    }

    package var description: String { "\(table) \(name)" }
}

/// A set, or a map when it has data: keys that rules look up in constant time.
package struct NamedSet: Hashable, Sendable {
    package var name: SetName
    package var key: ValueType
    package var data: Data?
    package var flags: Flags
    /// How many elements it may hold; nil for no limit.
    package var size: UInt32?
    /// Milliseconds an element lives unless it says otherwise.
    package var timeout: UInt64?
    /// Milliseconds between the kernel's sweeps for dead elements.
    package var collectionInterval: UInt32?
    /// Whether the kernel should choose memory over speed.
    package var prefersMemory: Bool
    /// What every element gets: counters, limits, quotas.
    package var expressions: [Expression]
    package var comment: String?

    /// What a map's elements hold.
    package enum Data: Hashable, Sendable {
        case verdict
        case value(ValueType)
    }

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let anonymous = Flags(rawValue: NFT_SET_ANONYMOUS.rawValue)
        /// Its elements never change once a rule uses it.
        package static let constant = Flags(rawValue: NFT_SET_CONSTANT.rawValue)
        /// Its keys are ranges.
        package static let interval = Flags(rawValue: NFT_SET_INTERVAL.rawValue)
        /// Its elements may have timeouts.
        package static let timeout = Flags(rawValue: NFT_SET_TIMEOUT.rawValue)
        /// Rules add elements to it.
        package static let dynamic = Flags(rawValue: NFT_SET_EVAL.rawValue)

        /// Bits that follow from the other fields.
        static let derived = Flags(
            rawValue: NFT_SET_MAP.rawValue | NFT_SET_OBJECT.rawValue | NFT_SET_CONCAT.rawValue
                | NFT_SET_EXPR.rawValue)
    }

    package init(
        _ name: SetName, key: ValueType, data: Data? = nil, flags: Flags = [],
        size: UInt32? = nil, timeout: UInt64? = nil, collectionInterval: UInt32? = nil,
        prefersMemory: Bool = false, expressions: [Expression] = [], comment: String? = nil
    ) {
        self.name = name
        self.key = key
        self.data = data
        self.flags = flags
        self.size = size
        self.timeout = timeout
        self.collectionInterval = collectionInterval
        self.prefersMemory = prefersMemory
        self.expressions = expressions
        self.comment = comment
    }
}

extension NamedSet {
    package var isMap: Bool { data != nil }

    /// Whether an interval is written as two elements (begin, end) instead of one with both.
    ///
    /// The kernel's tree for single keys holds bare ends; its set for concatenations holds pairs.
    var splitsIntervals: Bool { flags.contains(.interval) && !key.isConcatenation }

    /// All the kernel's flags, the derived ones included.
    var allFlags: UInt32 {
        var bits = flags.rawValue
        if isMap { bits |= NFT_SET_MAP.rawValue }
        if flags.contains(.interval), key.isConcatenation { bits |= NFT_SET_CONCAT.rawValue }
        if !expressions.isEmpty { bits |= NFT_SET_EXPR.rawValue }
        return bits
    }
}
