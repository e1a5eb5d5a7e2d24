import Platform

extension Expression {
    /// Throws what the kernel says when it sets the expression up, and notes what it loads.
    ///
    /// What refers to sets and chains is set up elsewhere.
    func initialize(in family: Family, _ registers: inout Registers) throws(Errno) {
        switch self {
        case .payload(let payload):
            try registers.store(payload.register, length: Int(payload.length))
        case .meta(let meta): try meta.initialize(&registers)
        case .conntrack(let conntrack): try conntrack.initialize(in: family, &registers)
        case .fib(let fib): try fib.initialize(&registers)
        case .socket(let socket): try socket.initialize(in: family, &registers)
        case .immediate(let immediate): try immediate.initialize(&registers)
        case .comparison(let comparison):
            try registers.load(comparison.register, length: comparison.value.count)
        case .range(let range): try range.initialize(registers)
        case .bitwise(let bitwise): try bitwise.initialize(&registers)
        case .byteOrder(let byteOrder): try byteOrder.initialize(&registers)
        case .nat(let nat): try nat.initialize(in: family, registers)
        case .masquerade(let masquerade): try registers.load(masquerade.port, length: portLength)
        case .redirect(let redirect): try registers.load(redirect.port, length: portLength)
        case .numberGenerator(let generator): try generator.initialize(&registers)
        case .hash(let hash): try hash.initialize(&registers)
        case .limit(let limit): try limit.initialize()
        case .quota(let quota): try quota.initialize()
        case .log(let log): try log.initialize()
        case .lookup, .dynamicSet, .reject, .counter, .noTrack, .unknown: break
        }
    }
}

private let portLength = 2
/// Four registers, as long as an interface's name.
private let nameLength = 16

extension Immediate {
    fileprivate func initialize(_ registers: inout Registers) throws(Errno) {
        guard case .value(let value, let register) = self else { return }
        try value.requireData()
        try registers.store(register, length: value.count)
    }
}

extension RangeComparison {
    fileprivate func initialize(_ registers: Registers) throws(Errno) {
        try lower.requireData()
        try upper.requireData()
        if lower.count != upper.count { throw .invalid }
        try registers.load(register, length: lower.count)
    }
}

extension Bitwise {
    fileprivate func initialize(_ registers: inout Registers) throws(Errno) {
        try registers.load(source, length: Int(length))
        try registers.store(destination, length: Int(length))
        switch operation {
        case .maskAndXor(let mask, let xor):
            try mask.requireData(length: Int(length))
            try xor.requireData(length: Int(length))
        case .shiftLeft(let bits), .shiftRight(let bits):
            if bits >= UInt32.bitWidth { throw .invalid }
        }
    }
}

extension ByteSwap {
    fileprivate func initialize(_ registers: inout Registers) throws(Errno) {
        if size > UInt8.max { throw .outOfRange }
        guard [2, 4, 8].contains(size) else { throw .invalid }
        if length > UInt8.max { throw .outOfRange }
        try registers.load(source, length: Int(length))
        try registers.store(destination, length: Int(length))
    }
}

extension FIB {
    fileprivate func initialize(_ registers: inout Registers) throws(Errno) {
        let addresses: Flags = [.sourceAddress, .destinationAddress]
        if flags.isDisjoint(with: addresses) || flags.isSuperset(of: addresses) { throw .invalid }
        if flags.isSuperset(of: [.inputInterface, .outputInterface]) { throw .invalid }
        if result != .addressKind, flags.contains(.outputInterface) { throw .invalid }
        if result != .outputInterface, flags.contains(.present) { throw .invalid }
        let length = result == .outputName ? nameLength : Value.registerSize
        try registers.store(register, length: length)
    }
}

extension SocketLookup {
    private static let cgroupLength = 8

    fileprivate func initialize(
        in family: Family, _ registers: inout Registers
    ) throws(Errno) {
        guard [.ip, .ip6, .inet].contains(family) else { throw .notSupported }
        if case .cgroup = key {
            return try registers.store(register, length: Self.cgroupLength)
        }
        try registers.store(register, length: Value.registerSize)
    }
}

extension NAT {
    fileprivate func initialize(in family: Family, _ registers: Registers) throws(Errno) {
        if address == nil, port == nil { throw .invalid }
        if family != .inet, family != self.family { throw .notSupported }
        switch self.family {
        case .ip: try registers.load(address, length: Value.registerSize)
        case .ip6: try registers.load(address, length: nameLength)
        default: if address != nil { throw .familyNotSupported }
        }
        try registers.load(port, length: portLength)
        try self.family.requireConnectionTracking()
    }
}

extension Family {
    /// Throws what the kernel says to what needs connections where it tracks none.
    func requireConnectionTracking() throws(Errno) {
        guard [.ip, .ip6, .inet].contains(self) else { throw .protocol }
    }
}

extension NumberGenerator {
    fileprivate func initialize(_ registers: inout Registers) throws(Errno) {
        try Modulus.validate(modulus, offset: offset)
        try registers.store(register, length: Value.registerSize)
    }
}

extension PacketHash {
    fileprivate func initialize(_ registers: inout Registers) throws(Errno) {
        if case .jenkins(let source, let length, _) = kind {
            if length == 0 || length > UInt8.max { throw .outOfRange }
            try registers.load(source, length: Int(length))
        }
        try Modulus.validate(modulus, offset: offset)
        try registers.store(register, length: Value.registerSize)
    }
}

/// What numbers below a modulus have in common.
private enum Modulus {
    static func validate(_ modulus: UInt32, offset: UInt32) throws(Errno) {
        if modulus == 0 { throw .outOfRange }
        if offset.addingReportingOverflow(modulus - 1).overflow { throw .overflow }
    }
}
