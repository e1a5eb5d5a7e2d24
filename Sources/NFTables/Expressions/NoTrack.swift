import CNftnl
import Netlink

/// Keeps the packet out of connection tracking.
package struct NoTrack: Hashable, Sendable {
    package init() {}
}

extension NoTrack: ExpressionCoding {
    static let name = "notrack"

    func build(_ expression: borrowing ExpressionBuilder) {}

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {}
}
