/// Numbers to give away, of which the lower ones are kept for those who name one.
///
/// As in Kubernetes (KEP-3070, KEP-3668) a number nobody asked for comes from the upper part while
/// there is one, so that hand-picked ones at the beginning do not collide with it.
struct Pool {
    let count: Int
    /// How many of the first are given only when there are no others.
    let reserved: Int

    init(count: Int, share: Int, most: Int) {
        let least = 16
        self.count = count
        reserved = count <= least ? 0 : min(max(count / share, least), most)
    }

    /// A free number: the first from a place that the hash chooses, in the upper part if possible.
    func free(_ hash: StableHash, _ isFree: (Int) -> Bool) -> Int? {
        free(in: reserved..<count, hash, isFree) ?? free(in: 0..<reserved, hash, isFree)
    }

    private func free(
        in range: Range<Int>, _ hash: StableHash, _ isFree: (Int) -> Bool
    ) -> Int? {
        guard !range.isEmpty else { return nil }
        let start = Int(hash.value % UInt64(range.count))
        for step in 0..<range.count {
            let number = range.lowerBound + (start + step) % range.count
            if isFree(number) { return number }
        }
        return nil
    }
}
