import CNftnl
import Netlink

/// Reads or writes what the kernel knows of a packet beyond its bytes.
package struct Meta: Hashable, Sendable {
    /// Which property; the kernel's number.
    package struct Key: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let length = Key(rawValue: NFT_META_LEN.rawValue)
        package static let `protocol` = Key(rawValue: NFT_META_PROTOCOL.rawValue)
        package static let mark = Key(rawValue: NFT_META_MARK.rawValue)
        package static let inputInterface = Key(rawValue: NFT_META_IIF.rawValue)
        package static let outputInterface = Key(rawValue: NFT_META_OIF.rawValue)
        package static let inputName = Key(rawValue: NFT_META_IIFNAME.rawValue)
        package static let outputName = Key(rawValue: NFT_META_OIFNAME.rawValue)
        package static let packetType = Key(rawValue: NFT_META_PKTTYPE.rawValue)
        package static let nfProtocol = Key(rawValue: NFT_META_NFPROTO.rawValue)
        package static let transportProtocol = Key(rawValue: NFT_META_L4PROTO.rawValue)
        package static let tracing = Key(rawValue: NFT_META_NFTRACE.rawValue)
        package static let cpu = Key(rawValue: NFT_META_CPU.rawValue)
        package static let random = Key(rawValue: NFT_META_PRANDOM.rawValue)
        package static let priority = Key(rawValue: NFT_META_PRIORITY.rawValue)
    }

    package enum Direction: Hashable, Sendable {
        case load(into: Register)
        case store(from: Register)
    }

    package var key: Key
    package var direction: Direction

    package init(_ key: Key, _ direction: Direction) {
        self.key = key
        self.direction = direction
    }
}

extension Meta: ExpressionCoding {
    static let name = "meta"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_META_KEY, key.rawValue)
        switch direction {
        case .load(let register): expression.set(NFTNL_EXPR_META_DREG, register)
        case .store(let register): expression.set(NFTNL_EXPR_META_SREG, register)
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let key = Key(rawValue: try attributes.require(NFTA_META_KEY))
        if let register = try attributes.register(NFTA_META_DREG) {
            self.init(key, .load(into: register))
        } else {
            self.init(key, .store(from: try attributes.requireRegister(NFTA_META_SREG)))
        }
    }
}
