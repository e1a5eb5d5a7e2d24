import CNftnl
import Netlink

/// Reads or writes what connection tracking knows of a packet's connection.
package struct Conntrack: Hashable, Sendable {
    /// Which property; the kernel's number.
    package struct Key: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let state = Key(rawValue: NFT_CT_STATE.rawValue)
        package static let direction = Key(rawValue: NFT_CT_DIRECTION.rawValue)
        package static let status = Key(rawValue: NFT_CT_STATUS.rawValue)
        package static let mark = Key(rawValue: NFT_CT_MARK.rawValue)
        package static let expiration = Key(rawValue: NFT_CT_EXPIRATION.rawValue)
        package static let zone = Key(rawValue: NFT_CT_ZONE.rawValue)
        package static let source4 = Key(rawValue: NFT_CT_SRC_IP.rawValue)
        package static let destination4 = Key(rawValue: NFT_CT_DST_IP.rawValue)
        package static let source6 = Key(rawValue: NFT_CT_SRC_IP6.rawValue)
        package static let destination6 = Key(rawValue: NFT_CT_DST_IP6.rawValue)
        package static let sourcePort = Key(rawValue: NFT_CT_PROTO_SRC.rawValue)
        package static let destinationPort = Key(rawValue: NFT_CT_PROTO_DST.rawValue)
        package static let transportProtocol = Key(rawValue: NFT_CT_PROTOCOL.rawValue)
    }

    /// Which of a connection's two tuples a key is read from, where it has one in each.
    package enum Side: UInt8, Sendable {
        case original = 0
        case reply = 1
    }

    package enum Direction: Hashable, Sendable {
        case load(into: Register)
        case store(from: Register)
    }

    package var key: Key
    package var side: Side?
    package var direction: Direction

    package init(_ key: Key, side: Side? = nil, _ direction: Direction) {
        self.key = key
        self.side = side
        self.direction = direction
    }
}

extension Conntrack {
    /// The bits of `ct state`.
    package enum State {
        package static let invalid: UInt32 = 1
        package static let established: UInt32 = 2
        package static let related: UInt32 = 4
        package static let new: UInt32 = 8
        package static let untracked: UInt32 = 64
    }

    /// The bits of `ct status` that say a connection's addresses are translated.
    package enum Status {
        package static let sourceTranslated: UInt32 = 0x10
        package static let destinationTranslated: UInt32 = 0x20
    }
}

extension Conntrack: ExpressionCoding {
    static let name = "ct"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_CT_KEY, key.rawValue)
        if let side { expression.set(NFTNL_EXPR_CT_DIR, byte: side.rawValue) }
        switch direction {
        case .load(let register): expression.set(NFTNL_EXPR_CT_DREG, register)
        case .store(let register): expression.set(NFTNL_EXPR_CT_SREG, register)
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let key = Key(rawValue: try attributes.require(NFTA_CT_KEY))
        let side = try attributes.number(NFTA_CT_DIRECTION, as: UInt8.self).flatMap(Side.init)
        if let register = try attributes.register(NFTA_CT_DREG) {
            self.init(key, side: side, .load(into: register))
        } else {
            self.init(
                key, side: side, .store(from: try attributes.requireRegister(NFTA_CT_SREG)))
        }
    }
}
