import CNftnl
import Netlink

/// Drops the packet and tells its sender.
package enum Reject: Hashable, Sendable {
    /// An ICMP or ICMPv6 "destination unreachable" with the family's own code.
    case icmp(code: UInt8)
    /// The same with a code that means the same in both families (for inet tables).
    case icmpAny(AnyFamilyCode)
    case tcpReset

    package enum AnyFamilyCode: UInt8, Sendable {
        case noRoute = 0
        case portUnreachable = 1
        case hostUnreachable = 2
        case administrativelyProhibited = 3
    }

    /// ICMP type 3: port unreachable.
    package static let icmpPortUnreachable = Reject.icmp(code: 3)
    /// ICMPv6 type 1: port unreachable.
    package static let icmpv6PortUnreachable = Reject.icmp(code: 4)
}

extension Reject: ExpressionCoding {
    static let name = "reject"

    func build(_ expression: borrowing ExpressionBuilder) {
        switch self {
        case .icmp(let code):
            expression.set(NFTNL_EXPR_REJECT_TYPE, NFT_REJECT_ICMP_UNREACH.rawValue)
            expression.set(NFTNL_EXPR_REJECT_CODE, byte: code)
        case .icmpAny(let code):
            expression.set(NFTNL_EXPR_REJECT_TYPE, NFT_REJECT_ICMPX_UNREACH.rawValue)
            expression.set(NFTNL_EXPR_REJECT_CODE, byte: code.rawValue)
        case .tcpReset:
            expression.set(NFTNL_EXPR_REJECT_TYPE, NFT_REJECT_TCP_RST.rawValue)
            expression.set(NFTNL_EXPR_REJECT_CODE, byte: 0)
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let code: UInt8 = try attributes.number(NFTA_REJECT_ICMP_CODE) ?? 0
        switch try attributes.require(NFTA_REJECT_TYPE) as UInt32 {
        case NFT_REJECT_ICMP_UNREACH.rawValue: self = .icmp(code: code)
        case NFT_REJECT_TCP_RST.rawValue: self = .tcpReset
        case NFT_REJECT_ICMPX_UNREACH.rawValue:
            guard let code = AnyFamilyCode(rawValue: code) else { return nil }
            self = .icmpAny(code)
        default: return nil
        }
    }
}
