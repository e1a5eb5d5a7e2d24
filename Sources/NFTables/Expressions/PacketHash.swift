import CNftnl
import Netlink

/// Loads a hash below a modulus: of registers, or of the packet's flow, the same both ways.
package struct PacketHash: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Jenkins' hash of so many bytes from a register on; without a seed the kernel picks one.
        case jenkins(Register, length: UInt32, seed: UInt32?)
        case symmetric
    }

    package var kind: Kind
    package var modulus: UInt32
    /// Added to the hash.
    package var offset: UInt32
    package var register: Register

    package init(_ kind: Kind, modulus: UInt32, offset: UInt32 = 0, into register: Register = 0) {
        self.kind = kind
        self.modulus = modulus
        self.offset = offset
        self.register = register
    }
}

extension PacketHash: ExpressionCoding {
    static let name = "hash"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_HASH_DREG, register)
        expression.set(NFTNL_EXPR_HASH_MODULUS, modulus)
        expression.set(NFTNL_EXPR_HASH_OFFSET, offset)
        switch kind {
        case .jenkins(let source, let length, let seed):
            expression.set(NFTNL_EXPR_HASH_TYPE, NFT_HASH_JENKINS.rawValue)
            expression.set(NFTNL_EXPR_HASH_SREG, source)
            expression.set(NFTNL_EXPR_HASH_LEN, length)
            if let seed { expression.set(NFTNL_EXPR_HASH_SEED, seed) }
        case .symmetric:
            expression.set(NFTNL_EXPR_HASH_TYPE, NFT_HASH_SYM.rawValue)
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let kind: Kind
        switch try attributes.number(NFTA_HASH_TYPE) ?? NFT_HASH_JENKINS.rawValue {
        case NFT_HASH_JENKINS.rawValue:
            kind = .jenkins(
                try attributes.requireRegister(NFTA_HASH_SREG),
                length: try attributes.require(NFTA_HASH_LEN),
                seed: try attributes.number(NFTA_HASH_SEED))
        case NFT_HASH_SYM.rawValue: kind = .symmetric
        default: return nil
        }
        self.init(
            kind, modulus: try attributes.require(NFTA_HASH_MODULUS),
            offset: try attributes.number(NFTA_HASH_OFFSET) ?? 0,
            into: try attributes.requireRegister(NFTA_HASH_DREG))
    }
}
