/// Numbers of service ports, given out again when their port is gone.
struct NumberPool: Sendable {
    private var free: [UInt32] = []
    private var next: UInt32 = 0
    private var taken: Set<UInt32> = []

    /// Nil when there are more ports than tickets can tell apart.
    mutating func take() -> UInt32? {
        while let number = free.popLast() {
            if taken.remove(number) == nil { return number }
        }
        while next <= Ticket.portLimit {
            defer { next += 1 }
            if taken.remove(next) == nil { return next }
        }
        return nil
    }

    mutating func put(_ number: UInt32) { free.append(number) }

    /// Takes a certain number, if nobody has it; before any number was given out.
    mutating func claim(_ number: UInt32) -> Bool { taken.insert(number).inserted }
}
