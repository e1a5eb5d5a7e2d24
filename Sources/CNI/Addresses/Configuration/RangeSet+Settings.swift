import JSON
import Network

extension RangeSet {
    /// Reads a list of ranges; an object alone is a set of one range, as go-cni sends it.
    init(_ setting: Setting) throws(CNIError) {
        if setting.value?.object != nil, let settings = try setting.section() {
            self.init(ranges: [try LeaseRange(settings)])
            return
        }
        var ranges: [LeaseRange] = []
        for element in try setting.elements() ?? [] {
            guard let settings = try element.section() else {
                throw element.wrong("must be an object with a subnet")
            }
            ranges.append(try LeaseRange(settings))
        }
        self.init(ranges: ranges)
        guard let family else { throw setting.wrong("a set needs at least one range") }
        guard ranges.allSatisfy({ $0.subnet.family == family }) else {
            throw setting.wrong("the ranges of a set must be of one family")
        }
    }

    /// The sets of a key such as `ranges`.
    static func list(_ setting: Setting) throws(CNIError) -> [RangeSet] {
        var sets: [RangeSet] = []
        for element in try setting.elements() ?? [] { sets.append(try RangeSet(element)) }
        return sets
    }

    /// Refuses ranges that overlap, for one address would be given twice, and more than one set
    /// of a family where a result cannot tell (C19).
    static func check(
        _ sets: [RangeSet], at setting: Setting, in version: ProtocolVersion
    ) throws(CNIError) {
        let bounds = sets.flatMap(\.ranges).map(\.bounds)
        for (place, range) in bounds.enumerated() {
            if let other = bounds[..<place].first(where: { $0.overlaps(range) }) {
                throw setting.wrong("the ranges \(other) and \(range) overlap")
            }
        }
        if version.hasAddressLists { return }
        let families = sets.compactMap(\.family)
        guard Set(families).count == families.count else {
            throw setting.wrong("\(version.rawValue) has one address of each family; use 0.3.0")
        }
    }
}
