import Platform

/// The registers of a rule, to tell what its expressions load and store.
struct Registers {
    /// Those that an earlier expression of the rule has written.
    private var written: UInt32 = 0

    private static let count = 16

    /// Throws what the kernel says to writing so many bytes from the register on.
    mutating func store(_ register: Register, length: Int) throws(Errno) {
        for index in try range(register, length) { written |= 1 << UInt32(index) }
    }

    /// Throws what the kernel says to reading so many bytes from the register on.
    func load(_ register: Register, length: Int) throws(Errno) {
        for index in try range(register, length) where written & 1 << UInt32(index) == 0 {
            throw .noData
        }
    }

    /// Nothing is loaded where no register is named.
    func load(_ registers: RegisterRange?, length: Int) throws(Errno) {
        guard let registers else { return }
        try load(registers.lower, length: length)
        try load(registers.upper, length: length)
    }

    private func range(_ register: Register, _ length: Int) throws(Errno) -> Range<Int> {
        let first = Int(register.index)
        guard first < Self.count else { throw .outOfRange }
        if length == 0 { throw .invalid }
        if first * Value.registerSize + length > Self.count * Value.registerSize {
            throw .outOfRange
        }
        return first..<first + (length + Value.registerSize - 1) / Value.registerSize
    }
}
