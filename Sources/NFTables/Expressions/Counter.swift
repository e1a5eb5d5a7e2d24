import CNftnl
import Netlink

/// Counts the packets that come this far, and their bytes.
package struct Counter: Hashable, Sendable {
    package var packets: UInt64
    package var bytes: UInt64

    package init(packets: UInt64 = 0, bytes: UInt64 = 0) {
        self.packets = packets
        self.bytes = bytes
    }
}

extension Counter: ExpressionCoding {
    static let name = "counter"

    func build(_ expression: borrowing ExpressionBuilder) {
        if packets != 0 { expression.set(NFTNL_EXPR_CTR_PACKETS, packets) }
        if bytes != 0 { expression.set(NFTNL_EXPR_CTR_BYTES, bytes) }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        self.init(
            packets: try attributes.number(NFTA_COUNTER_PACKETS) ?? 0,
            bytes: try attributes.number(NFTA_COUNTER_BYTES) ?? 0)
    }
}
