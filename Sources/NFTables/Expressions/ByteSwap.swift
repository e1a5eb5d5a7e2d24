import CNftnl
import Netlink

/// Turns numbers in registers between host and network byte order, as range lookups need it.
package struct ByteSwap: Hashable, Sendable {
    package enum Operation: UInt32, Sendable {
        case networkToHost = 0
        case hostToNetwork = 1
    }

    package var source: Register
    package var destination: Register
    package var operation: Operation
    /// Bytes in all.
    package var length: UInt32
    /// Bytes of one number: 2, 4 or 8.
    package var size: UInt32

    package init(
        _ operation: Operation, _ source: Register = 0, into destination: Register = 0,
        length: UInt32, size: UInt32
    ) {
        self.source = source
        self.destination = destination
        self.operation = operation
        self.length = length
        self.size = size
    }
}

extension ByteSwap: ExpressionCoding {
    static let name = "byteorder"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_BYTEORDER_SREG, source)
        expression.set(NFTNL_EXPR_BYTEORDER_DREG, destination)
        expression.set(NFTNL_EXPR_BYTEORDER_OP, operation.rawValue)
        expression.set(NFTNL_EXPR_BYTEORDER_LEN, length)
        expression.set(NFTNL_EXPR_BYTEORDER_SIZE, size)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let operation = Operation(rawValue: try attributes.require(NFTA_BYTEORDER_OP)) else {
            return nil
        }
        self.init(
            operation, try attributes.requireRegister(NFTA_BYTEORDER_SREG),
            into: try attributes.requireRegister(NFTA_BYTEORDER_DREG),
            length: try attributes.require(NFTA_BYTEORDER_LEN),
            size: try attributes.require(NFTA_BYTEORDER_SIZE))
    }
}
