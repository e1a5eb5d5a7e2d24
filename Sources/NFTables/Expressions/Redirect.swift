import CNftnl
import Netlink

/// Translates a connection's destination to this host, and its port if one is given.
package struct Redirect: Hashable, Sendable {
    package var port: RegisterRange?
    package var flags: NATFlags

    package init(port: RegisterRange? = nil, flags: NATFlags = []) {
        self.port = port
        self.flags = flags
    }
}

extension Redirect: ExpressionCoding {
    static let name = "redir"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(
            port, lower: NFTNL_EXPR_REDIR_REG_PROTO_MIN, upper: NFTNL_EXPR_REDIR_REG_PROTO_MAX)
        if !flags.isEmpty { expression.set(NFTNL_EXPR_REDIR_FLAGS, flags.rawValue) }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        self.init(
            port: try attributes.range(NFTA_REDIR_REG_PROTO_MIN, NFTA_REDIR_REG_PROTO_MAX),
            flags: try attributes.natFlags(NFTA_REDIR_FLAGS))
    }
}
