import CNftnl
import Netlink

/// Loads a counting or a random number below a modulus.
package struct NumberGenerator: Hashable, Sendable {
    package enum Kind: UInt32, Sendable {
        /// Counts up by one a packet; the rule itself holds the counter.
        case incremental = 0
        case random = 1
    }

    package var kind: Kind
    package var modulus: UInt32
    /// Added to the number.
    package var offset: UInt32
    package var register: Register

    package init(_ kind: Kind, modulus: UInt32, offset: UInt32 = 0, into register: Register = 0) {
        self.kind = kind
        self.modulus = modulus
        self.offset = offset
        self.register = register
    }
}

extension NumberGenerator: ExpressionCoding {
    static let name = "numgen"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_NG_DREG, register)
        expression.set(NFTNL_EXPR_NG_MODULUS, modulus)
        expression.set(NFTNL_EXPR_NG_TYPE, kind.rawValue)
        expression.set(NFTNL_EXPR_NG_OFFSET, offset)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let kind = Kind(rawValue: try attributes.require(NFTA_NG_TYPE)) else { return nil }
        self.init(
            kind, modulus: try attributes.require(NFTA_NG_MODULUS),
            offset: try attributes.number(NFTA_NG_OFFSET) ?? 0,
            into: try attributes.requireRegister(NFTA_NG_DREG))
    }
}
