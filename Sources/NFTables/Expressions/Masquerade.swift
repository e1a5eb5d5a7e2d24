import CNftnl
import Netlink

/// Translates a connection's source to the address of the interface it leaves through.
package struct Masquerade: Hashable, Sendable {
    package var port: RegisterRange?
    package var flags: NATFlags

    package init(port: RegisterRange? = nil, flags: NATFlags = []) {
        self.port = port
        self.flags = flags
    }
}

extension Masquerade: ExpressionCoding {
    static let name = "masq"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(
            port, lower: NFTNL_EXPR_MASQ_REG_PROTO_MIN, upper: NFTNL_EXPR_MASQ_REG_PROTO_MAX)
        if !flags.isEmpty { expression.set(NFTNL_EXPR_MASQ_FLAGS, flags.rawValue) }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        self.init(
            port: try attributes.range(NFTA_MASQ_REG_PROTO_MIN, NFTA_MASQ_REG_PROTO_MAX),
            flags: try attributes.natFlags(NFTA_MASQ_FLAGS))
    }
}
