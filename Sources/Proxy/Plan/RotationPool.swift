/// The rotations of a table: those that lists have, and spare ones.
struct RotationPool: Sendable {
    private var spare: [Rotation.Shape: [Rotation]] = [:]
    private var used: [Rotation.Shape: Int] = [:]
    /// Those that the kernel holds, until it is known who has them.
    private var adopted: [UInt32: Rotation] = [:]
    private var nextNumber: UInt32 = 0
    private var nextPlace: UInt32 = 0
    /// Places of rotations that are no more, by how many they are.
    private var freePlaces: [UInt32: [UInt32]] = [:]

    /// How many spare rotations of a shape are kept for what comes next.
    static let stock = 16

    var usedShapes: [Rotation.Shape: Int] { used }

    mutating func take(_ shape: Rotation.Shape) -> (rotation: Rotation, isNew: Bool) {
        used[shape, default: 0] += 1
        if let rotation = spare[shape]?.popLast() { return (rotation, false) }
        return (make(shape), true)
    }

    /// Takes back what a list no longer needs.
    mutating func put(_ rotation: Rotation) {
        used[rotation.shape, default: 1] -= 1
        if used[rotation.shape] == 0 { used[rotation.shape] = nil }
        spare[rotation.shape, default: []].append(rotation)
    }

    /// Number and places for a rotation that is to be.
    private mutating func make(_ shape: Rotation.Shape) -> Rotation {
        defer { nextNumber += 1 }
        let base = freePlaces[shape.turns]?.popLast() ?? takePlaces(shape.turns)
        return Rotation(number: nextNumber, shape: shape, base: base)
    }

    /// Places that never were anybody's.
    mutating func takePlaces(_ count: UInt32) -> UInt32 {
        defer { nextPlace += count }
        return nextPlace
    }
}

extension RotationPool {
    /// Takes in a rotation that the kernel holds.
    mutating func adopt(_ rotation: Rotation) {
        adopted[rotation.number] = rotation
        nextNumber = max(nextNumber, rotation.number + 1)
        keepOff(Ticket(place: rotation.base + rotation.shape.turns - 1))
    }

    /// Sees to it that a place is not given away.
    mutating func keepOff(_ ticket: Ticket) {
        guard let place = ticket.place else { return }
        nextPlace = max(nextPlace, place + 1)
    }

    /// Gives a list the rotation that it has in the kernel, if it is spare and counts that way.
    mutating func claim(
        _ number: UInt32, kind: Rotation.Kind, _ affinity: UInt32?
    ) -> Rotation? {
        guard let rotation = adopted[number], rotation.shape.kind == kind,
            rotation.shape.affinity == affinity
        else { return nil }
        adopted[number] = nil
        used[rotation.shape, default: 0] += 1
        return rotation
    }

    /// What nobody has claimed is spare.
    mutating func finishAdoption() {
        for rotation in adopted.values { spare[rotation.shape, default: []].append(rotation) }
        adopted = [:]
    }

    /// Hands out every rotation that there is a chain for, besides those that lists have.
    var spareRotations: [Rotation] { spare.values.flatMap(\.self) }

    /// Adds what is missing of the stock and drops what is too much of it.
    ///
    /// Lists grow and shrink by one mostly, so the sizes next to those in use are kept as well.
    mutating func restock() -> (new: [Rotation], old: [Rotation]) {
        var wanted = [Rotation.Shape: Int]()
        for (shape, count) in used {
            let some = min(Self.stock, count)
            for turns in [shape.turns - 1, shape.turns, shape.turns + 1] where turns > 1 {
                var other = shape
                other.turns = turns
                wanted[other] = max(wanted[other] ?? 0, some)
            }
        }
        let old = spare.keys.flatMap { surplus(of: $0, beyond: wanted[$0] ?? 0) }
        var new = [Rotation]()
        for (shape, count) in wanted {
            for _ in (spare[shape]?.count ?? 0)..<max(count, spare[shape]?.count ?? 0) {
                let rotation = make(shape)
                spare[shape, default: []].append(rotation)
                new.append(rotation)
            }
        }
        return (new, old)
    }

    /// As many again are left: a rolling update gives back what it soon wants again.
    private mutating func surplus(of shape: Rotation.Shape, beyond wanted: Int) -> [Rotation] {
        let limit = 2 * max(wanted, Self.stock)
        guard let count = spare[shape]?.count, count > limit else { return [] }
        let old = Array(spare[shape]?.suffix(count - limit) ?? [])
        spare[shape]?.removeLast(old.count)
        for rotation in old { freePlaces[shape.turns, default: []].append(rotation.base) }
        return old
    }
}
