import CNftnl
import Netlink

/// Looks registers up in a set, or in a map whose data it loads or whose verdict it follows.
package struct Lookup: Hashable, Sendable {
    package enum Use: Hashable, Sendable {
        /// Goes on with the rule if the key is in the set.
        case member
        /// Goes on with the rule if the key is not in the set.
        case notMember
        /// Loads the map's data for the key.
        case data(into: Register)
        /// Follows the verdict map's verdict for the key.
        case verdict
    }

    package var set: String
    package var key: Register
    package var use: Use

    package init(_ set: String, key: Register = 0, _ use: Use = .member) {
        self.set = set
        self.key = key
        self.use = use
    }
}

extension Lookup: ExpressionCoding {
    static let name = "lookup"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_LOOKUP_SREG, key)
        expression.set(NFTNL_EXPR_LOOKUP_SET, set)
        switch use {
        case .member: break
        case .notMember: expression.set(NFTNL_EXPR_LOOKUP_FLAGS, NFT_LOOKUP_F_INV.rawValue)
        case .data(let register): expression.set(NFTNL_EXPR_LOOKUP_DREG, register)
        case .verdict: expression.set(NFTNL_EXPR_LOOKUP_DREG, NFT_REG_VERDICT.rawValue)
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        self.init(
            try attributes.requireString(NFTA_LOOKUP_SET),
            key: try attributes.requireRegister(NFTA_LOOKUP_SREG), try Self.use(attributes))
    }

    private static func use(_ attributes: borrowing AttributeTable) throws(NetlinkError) -> Use {
        guard let destination: UInt32 = try attributes.number(NFTA_LOOKUP_DREG) else {
            let flags: UInt32 = try attributes.number(NFTA_LOOKUP_FLAGS) ?? 0
            return flags & NFT_LOOKUP_F_INV.rawValue == 0 ? .member : .notMember
        }
        if destination == NFT_REG_VERDICT.rawValue { return .verdict }
        return .data(into: try attributes.requireRegister(NFTA_LOOKUP_DREG))
    }
}
