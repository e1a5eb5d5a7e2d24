import CNftnl
import Netlink

/// Goes on with the rule only up to, or only beyond, a rate.
package struct Limit: Hashable, Sendable {
    package enum Unit: UInt32, Sendable {
        case packets = 0
        case bytes = 1
    }

    /// The time the rate is given for, in seconds.
    package enum Period: UInt64, Sendable {
        case second = 1
        case minute = 60
        case hour = 3600
        case day = 86_400
        case week = 604_800
    }

    package var rate: UInt64
    package var unit: Unit
    package var period: Period
    package var burst: UInt32
    /// Whether the rule goes on beyond the rate.
    package var isInverted: Bool

    package init(
        _ rate: UInt64, _ unit: Unit = .packets, per period: Period, burst: UInt32 = 5,
        isInverted: Bool = false
    ) {
        self.rate = rate
        self.unit = unit
        self.period = period
        self.burst = burst
        self.isInverted = isInverted
    }
}

extension Limit: ExpressionCoding {
    static let name = "limit"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_LIMIT_RATE, rate)
        expression.set(NFTNL_EXPR_LIMIT_UNIT, period.rawValue)
        expression.set(NFTNL_EXPR_LIMIT_BURST, burst)
        expression.set(NFTNL_EXPR_LIMIT_TYPE, unit.rawValue)
        expression.set(NFTNL_EXPR_LIMIT_FLAGS, isInverted ? NFT_LIMIT_F_INV.rawValue : 0)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let period = Period(rawValue: try attributes.require(NFTA_LIMIT_UNIT)),
            let unit = Unit(rawValue: try attributes.number(NFTA_LIMIT_TYPE) ?? 0)
        else { return nil }
        let flags: UInt32 = try attributes.number(NFTA_LIMIT_FLAGS) ?? 0
        self.init(
            try attributes.require(NFTA_LIMIT_RATE), unit, per: period,
            burst: try attributes.number(NFTA_LIMIT_BURST) ?? 0,
            isInverted: flags & NFT_LIMIT_F_INV.rawValue != 0)
    }
}
