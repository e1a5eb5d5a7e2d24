package import NFTables

/// A chain with its rules.
package struct RuleChain: Hashable, Sendable {
    package let name: String
    package let base: Chain.Base?
    package let rules: [[Expression]]

    init(_ name: String, base: Chain.Base? = nil, _ rules: [[Expression]]) {
        self.name = name
        self.base = base
        self.rules = rules
    }
}

/// The steps that the proxy's rules share, by the words of nft.
extension [Expression] {
    /// `meta priority & mask == value`, or `!=`.
    static func ticket(_ mask: UInt32, is value: UInt32, _ op: Comparison.Operator = .equal) -> Self
    {
        [.load(.priority), .mask(Value(host: mask)), .compare(op, Value(host: value))]
    }

    static func ticket(has flags: Ticket.Flags) -> Self {
        ticket(flags.rawValue, is: flags.rawValue)
    }

    /// `meta priority set meta priority & mask`, or with bits added.
    static func keepOfTicket(_ mask: UInt32) -> Self { changeTicket(mask: mask, xor: 0) }

    static func addToTicket(_ flags: Ticket.Flags) -> Self {
        changeTicket(mask: ~flags.rawValue, xor: flags.rawValue)
    }

    private static func changeTicket(mask: UInt32, xor: UInt32) -> Self {
        [.load(.priority), .bits(mask: mask, xor: xor), .store(.priority)]
    }

    /// `meta priority & mask vmap @set`.
    static func follow(_ set: ProxySet, mask: UInt32 = .max) -> Self {
        let masking: Self = mask == .max ? [] : [.mask(Value(host: mask))]
        return [.load(.priority)] + masking + [.lookup(set.rawValue, .verdict)]
    }
}

extension Expression {
    static func bits(mask: UInt32, xor: UInt32) -> Expression {
        .bitwise(
            Bitwise(length: 4, .maskAndXor(mask: Value(host: mask), xor: Value(host: xor))))
    }
}
