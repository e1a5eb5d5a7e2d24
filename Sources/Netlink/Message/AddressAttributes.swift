import CMnl
import Network

extension MessageWriter {
    /// Writes an address as its four or sixteen octets.
    mutating func put(_ type: Int, _ address: IPAddress) {
        switch address {
        case .v4(let address): put(type, address.octets)
        case .v6(let address): put(type, address.octets)
        }
    }

    mutating func put(_ type: some RawRepresentable<UInt32>, _ address: IPAddress) {
        put(Int(type.rawValue), address)
    }

    mutating func put(_ type: Int, _ address: MACAddress) { put(type, address.octets) }
}

extension Attribute {
    /// An address of four or sixteen octets.
    func address() throws(NetlinkError) -> IPAddress {
        guard let address = IPAddress(octets: bytes) else {
            throw malformed("\(bytes.count) bytes where an address belongs")
        }
        return address
    }

    /// An Ethernet address; nil for a link layer whose addresses have another length.
    var macAddress: MACAddress? { MACAddress(octets: bytes) }
}

extension IPFamily {
    /// The family's number in netlink headers.
    var number: UInt8 {
        switch self {
        case .v4: UInt8(AF_INET)
        case .v6: UInt8(AF_INET6)
        }
    }

    /// The family of a netlink header's number, or nil for one that is neither.
    init?(number: UInt8) {
        switch Int32(number) {
        case AF_INET: self = .v4
        case AF_INET6: self = .v6
        default: return nil
        }
    }
}

/// The number that means any family.
let anyFamily = UInt8(AF_UNSPEC)
