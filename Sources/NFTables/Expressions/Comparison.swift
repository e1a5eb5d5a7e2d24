import CNftnl
import Netlink

/// Goes on with the rule only if registers compare to a constant as asked.
package struct Comparison: Hashable, Sendable {
    package enum Operator: UInt32, Sendable {
        case equal = 0
        case notEqual = 1
        case less = 2
        case lessOrEqual = 3
        case greater = 4
        case greaterOrEqual = 5
    }

    package var register: Register
    package var `operator`: Operator
    package var value: Value

    package init(_ register: Register = 0, _ operator: Operator = .equal, _ value: Value) {
        self.register = register
        self.operator = `operator`
        self.value = value
    }
}

extension Comparison: ExpressionCoding {
    static let name = "cmp"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_CMP_SREG, register)
        expression.set(NFTNL_EXPR_CMP_OP, `operator`.rawValue)
        expression.set(NFTNL_EXPR_CMP_DATA, value)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let op = Operator(rawValue: try attributes.require(NFTA_CMP_OP)) else { return nil }
        self.init(
            try attributes.requireRegister(NFTA_CMP_SREG), op,
            try attributes.requireValue(NFTA_CMP_DATA))
    }
}
