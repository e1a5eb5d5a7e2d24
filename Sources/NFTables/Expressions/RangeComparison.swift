import CNftnl
import Netlink

/// Goes on with the rule only if registers lie inside, or outside, a range of constants.
package struct RangeComparison: Hashable, Sendable {
    package var register: Register
    /// Whether the rule goes on for values outside the range.
    package var isInverted: Bool
    package var lower: Value
    package var upper: Value

    package init(
        _ register: Register = 0, isInverted: Bool = false, from lower: Value, through upper: Value
    ) {
        self.register = register
        self.isInverted = isInverted
        self.lower = lower
        self.upper = upper
    }
}

extension RangeComparison: ExpressionCoding {
    static let name = "range"

    func build(_ expression: borrowing ExpressionBuilder) {
        let op = isInverted ? NFT_RANGE_NEQ.rawValue : NFT_RANGE_EQ.rawValue
        expression.set(NFTNL_EXPR_RANGE_SREG, register)
        expression.set(NFTNL_EXPR_RANGE_OP, op)
        expression.set(NFTNL_EXPR_RANGE_FROM_DATA, lower)
        expression.set(NFTNL_EXPR_RANGE_TO_DATA, upper)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let op: UInt32 = try attributes.require(NFTA_RANGE_OP)
        self.init(
            try attributes.requireRegister(NFTA_RANGE_SREG),
            isInverted: op == NFT_RANGE_NEQ.rawValue,
            from: try attributes.requireValue(NFTA_RANGE_FROM_DATA),
            through: try attributes.requireValue(NFTA_RANGE_TO_DATA))
    }
}
