import CNftnl
import Netlink

/// Puts a constant into registers, or ends the rule with a verdict.
package enum Immediate: Hashable, Sendable {
    case value(Value, into: Register)
    case verdict(Verdict)
}

extension Immediate: ExpressionCoding {
    static let name = "immediate"

    func build(_ expression: borrowing ExpressionBuilder) {
        switch self {
        case .value(let value, let register):
            expression.set(NFTNL_EXPR_IMM_DREG, register)
            expression.set(NFTNL_EXPR_IMM_DATA, value)
        case .verdict(let verdict):
            expression.set(NFTNL_EXPR_IMM_DREG, NFT_REG_VERDICT.rawValue)
            if let chain = verdict.chain { expression.set(NFTNL_EXPR_IMM_CHAIN, chain) }
            expression.set(NFTNL_EXPR_IMM_VERDICT, UInt32(bitPattern: verdict.code))
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let data = try attributes.table(NFTA_IMMEDIATE_DATA) else {
            throw AttributeTable.missing(NFTA_IMMEDIATE_DATA)
        }
        if let verdict = try data.verdict {
            self = .verdict(verdict)
        } else {
            let register = try attributes.requireRegister(NFTA_IMMEDIATE_DREG)
            guard let value = try data.value else { return nil }
            self = .value(value, into: register)
        }
    }
}
