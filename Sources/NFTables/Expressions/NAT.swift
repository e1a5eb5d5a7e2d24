import CNftnl
import Netlink

/// The registers that hold the first and last value of a range, or one value twice.
package struct RegisterRange: Hashable, Sendable, ExpressibleByIntegerLiteral {
    package let lower: Register
    package let upper: Register

    package init(_ lower: Register, through upper: Register? = nil) {
        self.lower = lower
        self.upper = upper ?? lower
    }

    package init(integerLiteral index: Int) { self.init(Register(index)) }
}

/// How a translation picks among a range, and what it holds on to; the kernel's bits.
package struct NATFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let random = NATFlags(rawValue: 4)
    package static let persistent = NATFlags(rawValue: 8)
    package static let fullyRandom = NATFlags(rawValue: 16)
    package static let netmap = NATFlags(rawValue: 64)

    /// Bits the kernel sets by itself when registers give addresses (1) or ports (2).
    static let implied = NATFlags(rawValue: 1 | 2)
}

/// Translates a connection's source or destination.
package struct NAT: Hashable, Sendable {
    package enum Kind: UInt32, Sendable {
        case source = 0
        case destination = 1
    }

    package var kind: Kind
    package var family: Family
    package var address: RegisterRange?
    package var port: RegisterRange?
    package var flags: NATFlags

    package init(
        _ kind: Kind, _ family: Family, address: RegisterRange?, port: RegisterRange? = nil,
        flags: NATFlags = []
    ) {
        self.kind = kind
        self.family = family
        self.address = address
        self.port = port
        self.flags = flags
    }
}

extension NAT: ExpressionCoding {
    static let name = "nat"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_NAT_TYPE, kind.rawValue)
        expression.set(NFTNL_EXPR_NAT_FAMILY, UInt32(family.rawValue))
        expression.set(
            address, lower: NFTNL_EXPR_NAT_REG_ADDR_MIN, upper: NFTNL_EXPR_NAT_REG_ADDR_MAX)
        expression.set(
            port, lower: NFTNL_EXPR_NAT_REG_PROTO_MIN, upper: NFTNL_EXPR_NAT_REG_PROTO_MAX)
        if !flags.isEmpty { expression.set(NFTNL_EXPR_NAT_FLAGS, flags.rawValue) }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let family: UInt32 = try attributes.require(NFTA_NAT_FAMILY)
        guard let kind = Kind(rawValue: try attributes.require(NFTA_NAT_TYPE)),
            let family = Family(rawValue: UInt8(truncatingIfNeeded: family))
        else { return nil }
        self.init(
            kind, family,
            address: try attributes.range(NFTA_NAT_REG_ADDR_MIN, NFTA_NAT_REG_ADDR_MAX),
            port: try attributes.range(NFTA_NAT_REG_PROTO_MIN, NFTA_NAT_REG_PROTO_MAX),
            flags: try attributes.natFlags(NFTA_NAT_FLAGS))
    }
}

extension ExpressionBuilder {
    borrowing func set(_ range: RegisterRange?, lower: Int, upper: Int) {
        guard let range else { return }
        set(lower, range.lower)
        if range.upper != range.lower { set(upper, range.upper) }
    }
}

extension AttributeTable {
    func range(
        _ lower: some RawRepresentable<UInt32>, _ upper: some RawRepresentable<UInt32>
    ) throws(NetlinkError) -> RegisterRange? {
        guard let first = try register(lower) else { return nil }
        return RegisterRange(first, through: try register(upper))
    }

    func natFlags(_ type: some RawRepresentable<UInt32>) throws(NetlinkError) -> NATFlags {
        let flags: UInt32 = try number(type) ?? 0
        return NATFlags(rawValue: flags).subtracting(.implied)
    }
}
