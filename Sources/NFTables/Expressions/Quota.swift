import CNftnl
import Netlink

/// Goes on with the rule only until, or only after, so many bytes.
package struct Quota: Hashable, Sendable {
    package var bytes: UInt64
    package var consumed: UInt64
    /// Whether the rule goes on only after the quota is used up.
    package var isInverted: Bool

    package init(_ bytes: UInt64, consumed: UInt64 = 0, isInverted: Bool = false) {
        self.bytes = bytes
        self.consumed = consumed
        self.isInverted = isInverted
    }
}

extension Quota: ExpressionCoding {
    static let name = "quota"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_QUOTA_BYTES, bytes)
        expression.set(NFTNL_EXPR_QUOTA_CONSUMED, consumed)
        expression.set(NFTNL_EXPR_QUOTA_FLAGS, isInverted ? NFT_QUOTA_F_INV.rawValue : 0)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let flags: UInt32 = try attributes.number(NFTA_QUOTA_FLAGS) ?? 0
        self.init(
            try attributes.require(NFTA_QUOTA_BYTES),
            consumed: try attributes.number(NFTA_QUOTA_CONSUMED) ?? 0,
            isInverted: flags & NFT_QUOTA_F_INV.rawValue != 0)
    }
}
