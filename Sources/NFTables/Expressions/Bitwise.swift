import CNftnl
import Netlink

/// Changes bits: `(source & mask) ^ xor`, or a shift.
package struct Bitwise: Hashable, Sendable {
    package enum Operation: Hashable, Sendable {
        case maskAndXor(mask: Value, xor: Value)
        case shiftLeft(UInt32)
        case shiftRight(UInt32)
    }

    package var source: Register
    package var destination: Register
    package var length: UInt32
    package var operation: Operation

    package init(
        _ source: Register = 0, into destination: Register = 0, length: UInt32,
        _ operation: Operation
    ) {
        self.source = source
        self.destination = destination
        self.length = length
        self.operation = operation
    }

    /// Keeps only the bits of the mask.
    package init(_ register: Register = 0, mask: Value) {
        let none = Value([UInt8](repeating: 0, count: mask.count))
        self.init(
            register, into: register, length: UInt32(mask.count),
            .maskAndXor(mask: mask, xor: none))
    }
}

/// enum nft_bitwise_ops, whose first name changed between kernel headers.
private enum OperationCode {
    static let maskAndXor: UInt32 = 0
    static let shiftLeft: UInt32 = 1
    static let shiftRight: UInt32 = 2
}

extension Bitwise: ExpressionCoding {
    static let name = "bitwise"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_BITWISE_SREG, source)
        expression.set(NFTNL_EXPR_BITWISE_DREG, destination)
        expression.set(NFTNL_EXPR_BITWISE_LEN, length)
        switch operation {
        case .maskAndXor(let mask, let xor):
            expression.set(NFTNL_EXPR_BITWISE_OP, OperationCode.maskAndXor)
            expression.set(NFTNL_EXPR_BITWISE_MASK, mask)
            expression.set(NFTNL_EXPR_BITWISE_XOR, xor)
        case .shiftLeft(let bits):
            expression.set(NFTNL_EXPR_BITWISE_OP, OperationCode.shiftLeft)
            expression.set(NFTNL_EXPR_BITWISE_DATA, Value(host: bits))
        case .shiftRight(let bits):
            expression.set(NFTNL_EXPR_BITWISE_OP, OperationCode.shiftRight)
            expression.set(NFTNL_EXPR_BITWISE_DATA, Value(host: bits))
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        // Kernels before 5.6 know one operation and name none.
        let op: UInt32 =
            try attributes.number(NFTA_BITWISE_OP) ?? OperationCode.maskAndXor
        guard let operation = try Self.operation(op, attributes) else { return nil }
        self.init(
            try attributes.requireRegister(NFTA_BITWISE_SREG),
            into: try attributes.requireRegister(NFTA_BITWISE_DREG),
            length: try attributes.require(NFTA_BITWISE_LEN), operation)
    }

    private static func operation(
        _ op: UInt32, _ attributes: borrowing AttributeTable
    ) throws(NetlinkError) -> Operation? {
        switch op {
        case OperationCode.maskAndXor:
            return .maskAndXor(
                mask: try attributes.requireValue(NFTA_BITWISE_MASK),
                xor: try attributes.requireValue(NFTA_BITWISE_XOR))
        case OperationCode.shiftLeft: return .shiftLeft(try shift(attributes))
        case OperationCode.shiftRight: return .shiftRight(try shift(attributes))
        default: return nil
        }
    }

    private static func shift(
        _ attributes: borrowing AttributeTable
    ) throws(NetlinkError) -> UInt32 {
        guard let bits: UInt32 = try attributes.requireValue(NFTA_BITWISE_DATA).host() else {
            throw NetlinkError(.malformed, "read bitwise", text: "a shift is not a number")
        }
        return bits
    }
}
