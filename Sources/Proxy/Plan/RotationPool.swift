/// The rotations of a table: those that lists have, and spare ones.
struct RotationPool: Sendable {
    private(set) var groups: [UInt32: RotationGroup] = [:]
    private var spare: [Rotation.Shape: [Rotation]] = [:]
    /// How many lists have a rotation of each shape.
    private var used: [Rotation.Shape: Int] = [:]
    /// Those that the kernel holds, by their tickets, until it is known who has them.
    private var adopted: [Ticket: Rotation] = [:]
    private var freeNumbers: [UInt32] = []
    private var nextNumber: UInt32 = 0
    private var nextPlace: UInt32 = 0
    /// Places of groups that are no more, by how many they are.
    private var freePlaces: [UInt32: [UInt32]] = [:]
}

extension RotationPool {
    /// A rotation for a list, and the group that must be made for it, if no spare one is there.
    mutating func take(_ shape: Rotation.Shape) -> (rotation: Rotation, new: RotationGroup?) {
        used[shape, default: 0] += 1
        if let rotation = spare[shape]?.popLast() { return (rotation, nil) }
        let group = make(shape)
        // The first ones are given out first: fewer rules are tried before them.
        spare[shape] = group.rotations.dropFirst().reversed()
        return (Rotation(group: group, index: 0), group)
    }

    /// Takes back what a list no longer needs.
    mutating func put(_ rotation: Rotation) {
        used[rotation.shape, default: 1] -= 1
        if used[rotation.shape] == 0 { used[rotation.shape] = nil }
        spare[rotation.shape, default: []].append(rotation)
    }

    private mutating func make(_ shape: Rotation.Shape) -> RotationGroup {
        let count = RotationGroup.size * shape.turns
        let number = freeNumbers.popLast() ?? takeNumber()
        let base = freePlaces[count]?.popLast() ?? takePlaces(count)
        let group = RotationGroup(number: number, shape: shape, base: base)
        groups[number] = group
        return group
    }

    private mutating func takeNumber() -> UInt32 {
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// Places that never were anybody's.
    mutating func takePlaces(_ count: UInt32) -> UInt32 {
        defer { nextPlace += count }
        return nextPlace
    }
}

extension RotationPool {
    /// Takes in a group that the kernel holds.
    mutating func adopt(_ group: RotationGroup) {
        groups[group.number] = group
        for rotation in group.rotations { adopted[rotation.ticket] = rotation }
        nextNumber = max(nextNumber, group.number + 1)
        keepOff(Ticket(place: group.base + group.placeCount - 1))
    }

    /// Sees to it that a place is not given away.
    mutating func keepOff(_ ticket: Ticket) {
        guard let place = ticket.place else { return }
        nextPlace = max(nextPlace, place + 1)
    }

    /// Gives a list the rotation that it has in the kernel, if it is free and counts that way.
    mutating func claim(
        _ ticket: Ticket, kind: Rotation.Kind, _ affinity: UInt32?
    ) -> Rotation? {
        guard let rotation = adopted[ticket], rotation.shape.kind == kind,
            rotation.shape.affinity == affinity
        else { return nil }
        adopted[ticket] = nil
        used[rotation.shape, default: 0] += 1
        return rotation
    }

    /// What nobody has claimed is spare.
    mutating func finishAdoption() {
        let left = adopted.values.sorted { $0.ticket.rawValue > $1.ticket.rawValue }
        for rotation in left { spare[rotation.shape, default: []].append(rotation) }
        adopted = [:]
    }
}

extension RotationPool {
    /// How many rotations of a shape are spare at least where many lists have that shape.
    private static let stock = 8

    /// Adds what is missing of the stock and drops what is too much of it.
    ///
    /// Lists grow and shrink by one mostly, so the sizes next to those in use are kept as well.
    mutating func restock() -> (new: [RotationGroup], old: [RotationGroup]) {
        var wanted = [Rotation.Shape: Int]()
        for (shape, count) in used {
            for turns in [shape.turns - 1, shape.turns, shape.turns + 1] where turns > 1 {
                var other = shape
                other.turns = turns
                wanted[other] = max(wanted[other] ?? 0, min(Self.stock, count))
            }
        }
        var new = [RotationGroup]()
        for (shape, count) in wanted where spare[shape]?.count ?? 0 < count {
            let group = make(shape)
            spare[shape, default: []].insert(contentsOf: group.rotations.reversed(), at: 0)
            new.append(group)
        }
        // Last, for a number that is given back may not be given out in the same transaction.
        let old = spare.keys.flatMap { surplus(of: $0, beyond: wanted[$0] ?? 0) }
        return (new, old)
    }

    /// Groups that nobody has anything of.
    ///
    /// One of a shape is left: a rolling update gives back
    /// what it soon wants again.
    private mutating func surplus(
        of shape: Rotation.Shape, beyond wanted: Int
    ) -> [RotationGroup] {
        let size = Int(RotationGroup.size)
        guard let rotations = spare[shape], rotations.count >= wanted + 2 * size else { return [] }
        let whole = Dictionary(grouping: rotations, by: \.group.number).filter {
            $0.value.count == size
        }
        let count = min(whole.count - 1, (rotations.count - wanted) / size - 1)
        let old = whole.keys.sorted().suffix(max(0, count)).compactMap { groups[$0] }
        let numbers = Set(old.map(\.number))
        spare[shape]?.removeAll { numbers.contains($0.group.number) }
        for group in old { forget(group) }
        return old
    }

    private mutating func forget(_ group: RotationGroup) {
        groups[group.number] = nil
        freeNumbers.append(group.number)
        freePlaces[group.placeCount, default: []].append(group.base)
    }
}
