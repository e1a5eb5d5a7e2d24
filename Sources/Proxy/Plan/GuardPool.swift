import Network

/// The chains that know who may come, shared by ports that have the same source ranges.
struct GuardPool: Sendable {
    private var entries: [[CIDR]: Entry] = [:]
    private var nextNumber: UInt32 = 0

    private struct Entry {
        let number: UInt32
        var uses: Int
    }

    var numbers: [UInt32] { entries.values.map(\.number) }

    mutating func take(_ ranges: [CIDR]) -> (number: UInt32, isNew: Bool) {
        if let number = entries[ranges]?.number {
            entries[ranges]?.uses += 1
            return (number, false)
        }
        defer { nextNumber += 1 }
        entries[ranges] = Entry(number: nextNumber, uses: 1)
        return (nextNumber, true)
    }

    mutating func put(_ ranges: [CIDR]) { entries[ranges]?.uses -= 1 }

    /// Takes in a chain that the kernel holds; nobody uses it yet.
    mutating func adopt(_ number: UInt32, _ ranges: [CIDR]) {
        if entries[ranges] == nil { entries[ranges] = Entry(number: number, uses: 0) }
        keepOff(number)
    }

    mutating func keepOff(_ number: UInt32) { nextNumber = max(nextNumber, number + 1) }

    /// Forgets chains that nobody uses any more; the answer is their numbers.
    mutating func dropUnused() -> [UInt32] {
        let unused = entries.filter { $0.value.uses == 0 }
        for ranges in unused.keys { entries[ranges] = nil }
        return unused.values.map(\.number)
    }
}
