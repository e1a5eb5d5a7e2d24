import CNftnl
import Netlink

/// Reads a property of the local socket that a packet belongs to.
package struct SocketLookup: Hashable, Sendable {
    package enum Key: Hashable, Sendable {
        case transparent
        case mark
        case wildcard
        /// The control group at a level of the tree.
        case cgroup(level: UInt32)
    }

    package var key: Key
    package var register: Register

    package init(_ key: Key, into register: Register = 0) {
        self.key = key
        self.register = register
    }
}

extension SocketLookup: ExpressionCoding {
    static let name = "socket"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_SOCKET_DREG, register)
        switch key {
        case .transparent:
            expression.set(NFTNL_EXPR_SOCKET_KEY, NFT_SOCKET_TRANSPARENT.rawValue)
        case .mark: expression.set(NFTNL_EXPR_SOCKET_KEY, NFT_SOCKET_MARK.rawValue)
        case .wildcard: expression.set(NFTNL_EXPR_SOCKET_KEY, NFT_SOCKET_WILDCARD.rawValue)
        case .cgroup(let level):
            expression.set(NFTNL_EXPR_SOCKET_KEY, NFT_SOCKET_CGROUPV2.rawValue)
            expression.set(NFTNL_EXPR_SOCKET_LEVEL, level)
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let register = try attributes.requireRegister(NFTA_SOCKET_DREG)
        switch try attributes.require(NFTA_SOCKET_KEY) as UInt32 {
        case NFT_SOCKET_TRANSPARENT.rawValue: self.init(.transparent, into: register)
        case NFT_SOCKET_MARK.rawValue: self.init(.mark, into: register)
        case NFT_SOCKET_WILDCARD.rawValue: self.init(.wildcard, into: register)
        case NFT_SOCKET_CGROUPV2.rawValue:
            let level: UInt32 = try attributes.require(NFTA_SOCKET_LEVEL)
            self.init(.cgroup(level: level), into: register)
        default: return nil
        }
    }
}
