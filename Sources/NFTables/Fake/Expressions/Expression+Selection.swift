import CNftnl
import Platform

extension Expression {
    /// Throws what the kernel says before it sets any expression of the rule up.
    func select(in family: Family) throws(Errno) {
        guard isAvailable(in: family) else { throw .noSuchEntry }
        switch self {
        case .payload(let payload): try payload.select()
        case .comparison(let comparison): try comparison.value.requireData()
        case .bitwise(let bitwise):
            if bitwise.length > UInt8.max { throw .outOfRange }
        case .fib(let fib):
            if !fib.flags.isSubset(of: .all) { throw .invalid }
        case .socket(let socket):
            if case .cgroup(let level) = socket.key, level > UInt8.max { throw .outOfRange }
        case .nat(let nat): try nat.flags.validate()
        case .masquerade(let masquerade): try masquerade.flags.validate()
        case .redirect(let redirect): try redirect.flags.validate()
        default: break
        }
    }

    /// Whether the kernel knows the expression in tables of a family.
    private func isAvailable(in family: Family) -> Bool {
        switch self {
        case .masquerade, .redirect: [.ip, .ip6, .inet].contains(family)
        case .fib: [.ip, .ip6, .inet, .netdev].contains(family)
        case .reject: [.ip, .ip6, .inet, .netdev].contains(family)
        default: true
        }
    }
}

extension Payload {
    fileprivate func select() throws(Errno) {
        if offset > Self.maximumOffset || length > UInt8.max { throw .outOfRange }
    }

    private static let maximumOffset = UInt32(UInt16.max)
}

extension FIB.Flags {
    fileprivate static let all: FIB.Flags = [
        .sourceAddress, .destinationAddress, .mark, .inputInterface, .outputInterface, .present,
    ]
}

extension NATFlags {
    /// NF_NAT_RANGE_MASK.
    private static let all = NATFlags(rawValue: 0x7F)

    fileprivate func validate() throws(Errno) {
        if !isSubset(of: .all) { throw .invalid }
    }
}

extension Value {
    /// Throws what the kernel says to a constant of no or too many bytes.
    func requireData(length: Int? = nil) throws(Errno) {
        if count == 0 { throw .invalid }
        if count > Self.maximumConstantLength { throw .overflow }
        if let length, count != length { throw .invalid }
    }

    /// Four registers: what a constant in a rule can fill.
    private static let maximumConstantLength = 16
}
