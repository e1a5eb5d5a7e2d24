import Platform

/// Numbers that nobody can guess, got from the kernel many at a time.
struct SecureRandom: RandomNumberGenerator, Sendable {
    private var bytes: [UInt8] = []

    mutating func next() -> UInt64 {
        guard refill() else {
            // Without a working getrandom, this one ends the process rather than be predictable.
            var system = SystemRandomNumberGenerator()
            return system.next()
        }
        return (0..<8).reduce(into: 0) { number, _ in
            number = number << 8 | UInt64(bytes.removeLast())
        }
    }

    private mutating func refill() -> Bool {
        if bytes.count >= 8 { return true }
        bytes = Array(repeating: 0, count: 512)
        var span = bytes.mutableSpan
        return (try? fillRandom(&span)) != nil
    }
}
