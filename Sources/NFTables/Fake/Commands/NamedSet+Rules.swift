import CNftnl
import Platform

extension NamedSet {
    /// Throws what the kernel says to a set whose properties do not go together.
    func validate() throws(Errno) {
        guard Value.range.contains(key.length) else { throw .invalid }
        try validateFlags()
        if case .value(let type) = data, !Value.range.contains(type.length) { throw .invalid }
        // The kernel wants the flag even for times of zero.
        let hasTimes = timeout != nil || collectionInterval != nil
        if hasTimes, !flags.contains(.timeout) { throw .invalid }
        if hasTimes, flags.contains(.anonymous) { throw .notSupported }
    }

    private func validateFlags() throws(Errno) {
        let known: Flags = [.anonymous, .constant, .interval, .timeout, .dynamic]
        if !flags.subtracting(.derived).isSubset(of: known) { throw .notSupported }
        if flags.isSuperset(of: [.anonymous, .timeout]), !flags.contains(.dynamic) {
            throw .notSupported
        }
        if flags.isSuperset(of: [.constant, .timeout]) { throw .notSupported }
    }

    /// No implementation of sets takes both intervals and elements from the packet path.
    func requireImplementation() throws(Errno) {
        if flags.isSuperset(of: [.interval, .dynamic]) { throw .notSupported }
    }

    func validateExpressions() throws(Errno) {
        for expression in expressions { try expression.validateForElement(in: name.table.family) }
    }

    /// Whether the kernel takes another set for this one.
    func isSame(as other: NamedSet) -> Bool {
        key.number == other.key.number && key.length == other.key.length
            && allFlags == other.allFlags && dataNumber == other.dataNumber
            && dataLength == other.dataLength
            && expressions.map(\.operations) == other.expressions.map(\.operations)
    }

    private var dataNumber: UInt32 {
        switch data {
        case nil: 0
        case .verdict: NFT_DATA_VERDICT.rawValue
        case .value(let type): type.number
        }
    }

    var dataLength: Int {
        if case .value(let type) = data { type.length } else { 0 }
    }

    /// The set as the kernel lists it: what is zero is not there.
    var normalized: NamedSet {
        var set = self
        set.flags.subtract(.derived)
        if size == 0 { set.size = nil }
        if timeout == 0 { set.timeout = nil }
        if collectionInterval == 0 { set.collectionInterval = nil }
        set.expressions = expressions.map(\.normalized)
        return set
    }
}

extension Value {
    /// How long a key or the data of a map can be.
    fileprivate static let range = 1...maximumLength
}
