/// Elements that no list leads to any more, but packets may that are under way.
///
/// A packet looks up one map after the other, and a transaction may take effect in between: it has
/// the turn of the old list and then finds nobody at its place. So places outlive their lists for a
/// moment, and a rotation serves nobody else until its places are gone.
struct RetiredPlaces: Sendable {
    private var recent = Generation()
    private var earlier = Generation()

    private struct Generation {
        var elements: [ProxyElement.Place: ProxyElement] = [:]
        var rotations: [Rotation] = []
    }

    mutating func retire(_ element: ProxyElement) { recent.elements[element.place] = element }

    mutating func retire(_ rotation: Rotation) { recent.rotations.append(rotation) }

    /// What is still at an element's place.
    mutating func take(at element: ProxyElement) -> ProxyElement? {
        recent.elements.removeValue(forKey: element.place)
            ?? earlier.elements.removeValue(forKey: element.place)
    }

    /// What was retired before the last time that this was asked for, to be deleted now.
    mutating func takeEarlier() -> (elements: [ProxyElement], rotations: [Rotation]) {
        defer { (earlier, recent) = (recent, Generation()) }
        return (Array(earlier.elements.values), earlier.rotations)
    }
}

extension ProxySet {
    /// Whether packets come to its elements by what another map has told them.
    fileprivate var isOfPlaces: Bool { self == .endpoints || self == .turns }
}

extension TableChange {
    /// Changes one list of elements into another; places that are left over are retired.
    mutating func replace(
        _ old: [ProxyElement], with new: [ProxyElement], retiring retired: inout RetiredPlaces
    ) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
        let end = tail.prefix { $0 == $1 }.count
        var left = [ProxyElement.Place: ProxyElement](minimumCapacity: old.count - start - end)
        for element in old[start..<old.count - end] { left[element.place] = element }
        for element in new[start..<new.count - end] {
            let before = left.removeValue(forKey: element.place) ?? retired.take(at: element)
            if before == element { continue }
            if let before { delete(before) }
            add(element)
        }
        for element in left.values {
            if element.set.isOfPlaces { retired.retire(element) } else { delete(element) }
        }
    }
}

extension FamilyPlan {
    /// Deletes what was retired before the last call.
    mutating func removeRetired(_ change: inout TableChange) {
        let (elements, rotations) = retired.takeEarlier()
        for element in elements { change.delete(element) }
        for rotation in rotations { pool.put(rotation) }
    }
}
