import CNftnl
import Netlink

/// Loads bytes of the packet into registers.
package struct Payload: Hashable, Sendable {
    /// Where the offset counts from.
    package enum Base: UInt32, Sendable {
        case link = 0
        case network = 1
        case transport = 2
    }

    package var base: Base
    package var offset: UInt32
    package var length: UInt32
    package var register: Register

    package init(_ base: Base, offset: UInt32, length: UInt32, into register: Register = 0) {
        self.base = base
        self.offset = offset
        self.length = length
        self.register = register
    }
}

extension Payload: ExpressionCoding {
    static let name = "payload"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_PAYLOAD_DREG, register)
        expression.set(NFTNL_EXPR_PAYLOAD_BASE, base.rawValue)
        expression.set(NFTNL_EXPR_PAYLOAD_OFFSET, offset)
        expression.set(NFTNL_EXPR_PAYLOAD_LEN, length)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        // Without a destination it is the form that writes into the packet.
        guard let register = try attributes.register(NFTA_PAYLOAD_DREG),
            let base = Base(rawValue: try attributes.require(NFTA_PAYLOAD_BASE))
        else { return nil }
        self.init(
            base, offset: try attributes.require(NFTA_PAYLOAD_OFFSET),
            length: try attributes.require(NFTA_PAYLOAD_LEN), into: register)
    }
}
