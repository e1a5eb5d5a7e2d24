import CNftnl
import Platform

extension Meta {
    func initialize(_ registers: inout Registers) throws(Errno) {
        switch direction {
        case .load(let register):
            guard let length = key.length else { throw .notSupported }
            try registers.store(register, length: length)
        case .store(let register):
            guard Self.writable.contains(key) else { throw .notSupported }
            try registers.load(register, length: Value.registerSize)
        }
    }

    private static let writable: Set<Key> = [.mark, .priority, .packetType, .tracing]
}

extension Meta.Key {
    /// The bytes of what can be read; less than a register is no different from a whole one.
    fileprivate var length: Int? {
        switch rawValue {
        case NFT_META_IIFNAME.rawValue, NFT_META_OIFNAME.rawValue, NFT_META_IIFKIND.rawValue,
            NFT_META_OIFKIND.rawValue, NFT_META_SDIFNAME.rawValue:
            Value.interfaceNameLength
        case NFT_META_TIME_NS.rawValue: MemoryLayout<UInt64>.size
        // What can only be written, belongs to bridges, or is compiled into few kernels.
        case NFT_META_NFTRACE.rawValue, NFT_META_RTCLASSID.rawValue, NFT_META_SECMARK.rawValue,
            NFT_META_BRI_IIFNAME.rawValue, NFT_META_BRI_OIFNAME.rawValue,
            NFT_META_SECPATH.rawValue, NFT_META_BRI_IIFPVID.rawValue,
            NFT_META_BRI_IIFVPROTO.rawValue:
            nil
        default: rawValue <= NFT_META_SDIFNAME.rawValue ? Value.registerSize : nil
        }
    }
}

extension Conntrack {
    func initialize(in family: Family, _ registers: inout Registers) throws(Errno) {
        switch direction {
        case .load(let register):
            try registers.store(register, length: try readLength(in: family))
        case .store(let register):
            guard let length = Self.writable[key] else { throw .notSupported }
            if side != nil, key != .zone { throw .invalid }
            try registers.load(register, length: length)
        }
        try family.requireConnectionTracking()
    }

    private static let writable: [Key: Int] = [
        .mark: 4, .zone: 2, Key(rawValue: NFT_CT_LABELS.rawValue): 16,
        Key(rawValue: NFT_CT_EVENTMASK.rawValue): 4,
    ]

    /// The bytes of what can be read, if the connection's side is named where it has to be.
    private func readLength(in family: Family) throws(Errno) -> Int {
        guard let property = Property(key, in: family) else { throw .notSupported }
        if let needsSide = property.needsSide, needsSide != (side != nil) { throw .invalid }
        let isAddress = [NFT_CT_SRC.rawValue, NFT_CT_DST.rawValue].contains(key.rawValue)
        if isAddress, ![.ip, .ip6, .inet].contains(family) { throw .familyNotSupported }
        return property.length
    }

    private struct Property {
        let length: Int
        /// Nil where the kernel takes both.
        let needsSide: Bool?

        init?(_ key: Key, in family: Family) {
            switch key.rawValue {
            case NFT_CT_STATE.rawValue, NFT_CT_DIRECTION.rawValue, NFT_CT_STATUS.rawValue,
                NFT_CT_MARK.rawValue, NFT_CT_EXPIRATION.rawValue, NFT_CT_ID.rawValue:
                (length, needsSide) = (4, false)
            case NFT_CT_HELPER.rawValue, NFT_CT_LABELS.rawValue: (length, needsSide) = (16, false)
            case NFT_CT_L3PROTOCOL.rawValue, NFT_CT_PROTOCOL.rawValue, NFT_CT_ZONE.rawValue:
                (length, needsSide) = (4, nil)
            case NFT_CT_PKTS.rawValue, NFT_CT_BYTES.rawValue, NFT_CT_AVGPKT.rawValue:
                (length, needsSide) = (8, nil)
            case NFT_CT_SRC_IP.rawValue, NFT_CT_DST_IP.rawValue, NFT_CT_PROTO_SRC.rawValue,
                NFT_CT_PROTO_DST.rawValue:
                (length, needsSide) = (4, true)
            case NFT_CT_SRC_IP6.rawValue, NFT_CT_DST_IP6.rawValue: (length, needsSide) = (16, true)
            case NFT_CT_SRC.rawValue, NFT_CT_DST.rawValue:
                (length, needsSide) = (family == .ip ? 4 : 16, true)
            default: return nil
            }
        }
    }
}
