import CMnl
import Network

extension NextHop {
    /// Reads RTA_MULTIPATH: `rtnexthop` after `rtnexthop`, each with its own length.
    static func list(_ attribute: borrowing Attribute) throws(NetlinkError) -> [NextHop] {
        var hops = [NextHop]()
        let bytes = attribute.bytes
        let headerSize = MemoryLayout<rtnexthop>.size
        var offset = 0
        while bytes.count - offset >= headerSize {
            let length = Int(bytes.hostOrder(at: offset) as UInt16)
            guard length >= headerSize, length <= bytes.count - offset else {
                throw attribute.malformed("a next hop of \(length) bytes")
            }
            hops.append(try NextHop(bytes.extracting(offset..<offset + length)))
            offset = min(bytes.count, offset + ((length + 3) & ~3))
        }
        return hops
    }

    private init(_ bytes: Span<UInt8>) throws(NetlinkError) {
        let header = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: rtnexthop.self) }
        self.init(
            on: header.rtnh_ifindex == 0 ? nil : LinkIndex(header: header.rtnh_ifindex),
            weight: UInt16(header.rtnh_hops) + 1,
            flags: NextHopFlags(rawValue: header.rtnh_flags))
        let start = MemoryLayout<rtnexthop>.size
        var attributes = Attributes(bytes.extracting(start..<bytes.count))
        while let attribute = try attributes.next() {
            if let gateway = try attribute.gateway() { self.gateway = gateway }
        }
    }
}

extension Attribute {
    /// The router's address of a hop, or nil when the attribute is something else.
    func gateway() throws(NetlinkError) -> IPAddress? {
        switch type {
        case RTA_GATEWAY: return try address()
        case RTA_VIA:
            let familySize = MemoryLayout<UInt16>.size
            guard bytes.count > familySize,
                let gateway = IPAddress(octets: bytes.extracting(familySize..<bytes.count))
            else { throw malformed("a gateway of \(bytes.count) bytes") }
            return gateway
        default: return nil
        }
    }
}
