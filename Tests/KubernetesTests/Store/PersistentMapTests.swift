import FuzzSupport
import Testing

@testable import Kubernetes

@Suite("Persistent maps")
struct PersistentMapTests {
    @Test(
        "a map holds what a dictionary holds, and old copies what they held",
        arguments: [1 as UInt64, 2, 3], [8, 200, 5000])
    func againstDictionary(seed: UInt64, keys: Int) {
        var random = SeededGenerator(seed: seed)
        var map = PersistentMap<Int, Int>()
        var dictionary: [Int: Int] = [:]
        var copies: [(PersistentMap<Int, Int>, [Int: Int])] = []
        for step in 0..<20_000 {
            let key = random.below(keys)
            if random.below(3) == 0 {
                #expect(map.remove(key) == dictionary.removeValue(forKey: key))
            } else {
                map[key] = step
                dictionary[key] = step
            }
            if step % 2000 == 0 { copies.append((map, dictionary)) }
        }
        for (map, dictionary) in copies + [(map, dictionary)] {
            #expect(map.count == dictionary.count)
            #expect(Dictionary(uniqueKeysWithValues: map.map { ($0.key, $0.value) }) == dictionary)
            #expect((0..<keys).allSatisfy { map[$0] == dictionary[$0] })
        }
    }

    @Test func `keys of the same hash are told apart`() {
        var map = PersistentMap<Alike, Int>()
        for number in 0..<40 { map[Alike(number)] = number }
        let full = map
        map[Alike(7)] = 70
        for number in stride(from: 0, to: 40, by: 2) { map[Alike(number)] = nil }

        #expect(full.count == 40 && (0..<40).allSatisfy { full[Alike($0)] == $0 })
        #expect(map.count == 20 && map[Alike(7)] == 70 && map[Alike(8)] == nil)
        #expect(map[Alike(99)] == nil)
        #expect(differences(map, since: full).count == 21)
    }

    @Test(
        "the changes between two copies are all that changed",
        arguments: [0, 1, 2, 30, 3000], [0, 1, 40, 5000])
    func changes(count: Int, size: Int) {
        var random = SeededGenerator(seed: UInt64(count * 7 + size))
        var old = PersistentMap<Int, Int>()
        for key in 0..<size { old[key] = 0 }
        var new = old
        var expected: [Int: Int?] = [:]
        for _ in 0..<count {
            let key = random.below(size * 2 + 1)
            let value: Int? = random.below(2) == 0 ? nil : 1
            new[key] = value
            expected[key] = value == old[key] ? nil : .some(value)
        }
        #expect(differences(new, since: old) == expected)
        #expect(differences(old, since: new).count == expected.count)
    }

    @Test func `comparing looks at what changed, not at all there is`() {
        var old = PersistentMap<Int, Int>()
        for key in 0..<100_000 { old[key] = 0 }
        var new = old
        new[5] = 1
        new[100_000] = 1
        new[7] = nil
        var seen = 0
        new.changes(since: old) { _, _, _ in seen += 1 }
        // Three leaves, with the neighbours that a branch of 32 places can have.
        #expect(seen >= 3 && seen <= 3 * 32)
    }

    @Test func `an emptied map is as a new one`() {
        var map = PersistentMap<Int, Int>()
        for key in 0..<3000 { map[key] = key }
        for key in 0..<3000 { map[key] = nil }
        #expect(map.isEmpty && map.root.entries.isEmpty && map.root.children.isEmpty)
    }
}

/// What differs in truth; nil as a value says that a key went.
private func differences(
    _ map: PersistentMap<Int, Int>, since old: PersistentMap<Int, Int>
) -> [Int: Int?] {
    var differences: [Int: Int?] = [:]
    map.changes(since: old) { key, before, now in
        if before != now { differences[key] = .some(now) }
    }
    return differences
}

private func differences(
    _ map: PersistentMap<Alike, Int>, since old: PersistentMap<Alike, Int>
) -> [Int] {
    var keys: [Int] = []
    map.changes(since: old) { if $1 != $2 { keys.append($0.number) } }
    return keys
}

/// A key whose hash is that of all others.
private struct Alike: Hashable {
    let number: Int

    init(_ number: Int) { self.number = number }
    func hash(into hasher: inout Hasher) {}
}
