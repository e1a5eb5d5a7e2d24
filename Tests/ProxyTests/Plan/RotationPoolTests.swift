import Testing

@testable import Proxy

@Suite struct `Rotations in stock` {
    private let size = Int(RotationGroup.size)

    private func shape(_ turns: Int) -> Rotation.Shape { Rotation.Shape(.inTurn, turns: turns) }

    /// A pool of which so many rotations are in use.
    private func pool(_ counts: [Int: Int]) -> (RotationPool, [Rotation]) {
        var (pool, taken) = (RotationPool(), [Rotation]())
        for (turns, count) in counts.sorted(by: { $0.key < $1.key }) {
            for _ in 0..<count { taken.append(pool.take(shape(turns)).rotation) }
        }
        return (pool, taken)
    }

    @Test func `a group is made for many lists, and no two have the same places`() {
        var pool = RotationPool()
        var (groups, places) = (0, Set<Ticket>())
        for turns in [2, 3] {
            for _ in 0..<size + 4 {
                let (rotation, new) = pool.take(shape(turns))
                if new != nil { groups += 1 }
                for turn in 0..<turns {
                    #expect(places.insert(rotation.place(turn)).inserted)
                }
            }
        }
        #expect(groups == 4)
    }

    @Test func `what is given back is given out before anything is made`() {
        var (pool, taken) = pool([4: size])
        pool.put(taken[5])
        let again = pool.take(shape(4))
        #expect(again.rotation == taken[5] && again.new == nil)
        let more = pool.take(shape(4))
        #expect(more.new != nil)
    }

    @Test func `the sizes next to those in use are made when there is time, once`() {
        var (pool, _) = pool([4: 20])
        let (new, old) = pool.restock()
        #expect(Set(new.map(\.shape.turns)) == [3, 5] && old.isEmpty)
        let again = pool.restock()
        #expect(again.new.isEmpty && again.old.isEmpty)
        let next = pool.take(shape(5))
        #expect(next.new == nil)
    }

    @Test func `lists of one backend need no rotation, so none is made for them`() {
        var (pool, _) = pool([2: 1])
        let new = pool.restock().new
        #expect(new.map(\.shape.turns) == [3])
    }

    @Test func `what is far too much goes, but for one group, and its numbers serve again`() {
        var (pool, taken) = pool([4: 6 * size + 4])
        for rotation in taken { pool.put(rotation) }
        let old = pool.restock().old
        #expect(old.count == 6 && pool.groups.count == 1)
        let numbers = Set(old.map(\.number))
        _ = pool.take(shape(9))
        let isUsedAgain = pool.groups.keys.contains { numbers.contains($0) }
        #expect(isUsedAgain)
    }

    @Test func `no group is made under the number of one that goes at the same time`() {
        var (pool, taken) = pool([4: 6 * size + 4, 20: 1])
        for rotation in taken where rotation.shape.turns == 4 { pool.put(rotation) }
        let (new, old) = pool.restock()
        #expect(!new.isEmpty && !old.isEmpty)
        #expect(Set(new.map(\.number)).isDisjoint(with: old.map(\.number)))
    }

    @Test func `a list takes the rotation that it has in the kernel, and nobody else does`() {
        let (before, taken) = pool([4: 3])
        var pool = RotationPool()
        for group in before.groups.values { pool.adopt(group) }
        let claims = [
            pool.claim(taken[1].ticket, kind: .random, nil),
            pool.claim(taken[1].ticket, kind: .inTurn, 600),
            pool.claim(taken[1].ticket, kind: .inTurn, nil),
            pool.claim(taken[1].ticket, kind: .inTurn, nil),
        ]
        #expect(claims == [nil, nil, taken[1], nil])
        pool.finishAdoption()
        let next = [pool.take(shape(4)).rotation, pool.take(shape(4)).rotation]
        #expect(next == [taken[0], taken[2]])
        let (other, group) = pool.take(shape(7))
        #expect(group != nil && other.group.number == 1)
        #expect(other.place(0).rawValue > taken[0].group.rotations[size - 1].place(3).rawValue)
    }
}

@Suite struct `Numbers of service ports` {
    @Test func `are the lowest at first, and those given back`() {
        var pool = NumberPool()
        let first = [pool.take(), pool.take()]
        pool.put(0)
        let next = [pool.take(), pool.take()]
        #expect(first == [0, 1] && next == [0, 2])
    }

    @Test func `that the kernel has are claimed once and not given out`() {
        var pool = NumberPool()
        let claims = [pool.claim(1), pool.claim(1)]
        let taken = [pool.take(), pool.take()]
        #expect(claims == [true, false] && taken == [0, 2])
        pool.put(1)
        let again = pool.take()
        #expect(again == 1)
    }
}
