import Network
import Platform
package import Wire

extension Frame {
    /// Reads a frame without a VLAN tag; one that ends early is an error.
    package init(parsing bytes: Span<UInt8>) throws(WireError) {
        var reader = ByteReader(bytes)
        let destination = try reader.readMACAddress()
        let source = try reader.readMACAddress()
        let type = PacketSocket.EtherType(rawValue: try reader.readUInt16())
        let packet: Packet? =
            switch type {
            case .ipv4: try Packet(v4: &reader)
            case .ipv6: try Packet(v6: &reader)
            default: nil
            }
        self.init(source: source, destination: destination, type: type, packet: packet)
    }
}

extension Packet {
    fileprivate init(v4 reader: inout ByteReader) throws(WireError) {
        let start = reader.position
        let headerLength = Int(try reader.readUInt8() & 0xF) * 4
        try reader.skip(1)
        let length = Int(try reader.readUInt16())
        try reader.skip(2)
        // The low 13 bits of flags and offset are the offset of a fragment.
        let isLater = try reader.readUInt16() & 0x1FFF != 0
        let hopLimit = try reader.readUInt8()
        let number = IPProtocol(rawValue: try reader.readUInt8())
        try reader.skip(2)
        let source = IPAddress.v4(IPv4Address(rawValue: try reader.readUInt32()))
        let destination = IPAddress.v4(IPv4Address(rawValue: try reader.readUInt32()))
        try reader.skip(headerLength - (reader.position - start))
        // An Ethernet frame is padded to 60 bytes.
        var body = try reader.readPart(length - headerLength)
        try self.init(
            source, destination, hopLimit, number, &body, isLaterFragment: isLater)
    }

    fileprivate init(v6 reader: inout ByteReader) throws(WireError) {
        try reader.skip(4)
        let length = Int(try reader.readUInt16())
        var next = try reader.readUInt8()
        let hopLimit = try reader.readUInt8()
        let source = IPAddress.v6(try reader.readIPv6Address())
        let destination = IPAddress.v6(try reader.readIPv6Address())
        var body = try reader.readPart(length)
        let isLater = try Self.skipExtensions(&body, &next)
        try self.init(
            source, destination, hopLimit, IPProtocol(rawValue: next), &body,
            isLaterFragment: isLater)
    }

    /// Steps over IPv6 extension headers; true means that a later fragment follows.
    private static func skipExtensions(
        _ body: inout ByteReader, _ next: inout UInt8
    ) throws(WireError) -> Bool {
        let (hopByHop, routing, fragment, destinationOptions): (UInt8, UInt8, UInt8, UInt8) =
            (0, 43, 44, 60)
        while true {
            switch next {
            case hopByHop, routing, destinationOptions:
                next = try body.readUInt8()
                // Counted in units of eight bytes beyond the first eight.
                try body.skip(Int(try body.readUInt8()) * 8 + 6)
            case fragment:
                next = try body.readUInt8()
                try body.skip(1)
                let isLater = try body.readUInt16() & 0xFFF8 != 0
                try body.skip(4)
                if isLater { return true }
            default: return false
            }
        }
    }

    private init(
        _ source: IPAddress, _ destination: IPAddress, _ hopLimit: UInt8, _ number: IPProtocol,
        _ body: inout ByteReader, isLaterFragment: Bool
    ) throws(WireError) {
        self.source = source
        self.destination = destination
        self.hopLimit = hopLimit
        self.number = number
        self.transport = isLaterFragment ? nil : try Transport(number, &body)
        let rest = body.rest
        self.payload = rest.indices.map { rest[$0] }
    }
}

extension Packet.Transport {
    fileprivate init?(_ number: IPProtocol, _ body: inout ByteReader) throws(WireError) {
        switch number {
        case .tcp:
            let (source, destination) = try body.readPorts()
            try body.skip(8)
            let headerLength = Int(try body.readUInt8() >> 4) * 4
            let flags = Packet.TCPFlags(rawValue: try body.readUInt8())
            try body.skip(headerLength - 14)
            self = .tcp(source: source, destination: destination, flags)
        case .udp:
            let (source, destination) = try body.readPorts()
            try body.skip(4)
            self = .udp(source: source, destination: destination)
        case .sctp:
            let (source, destination) = try body.readPorts()
            try body.skip(8)
            self = .sctp(source: source, destination: destination)
        case .icmp, .icmpv6:
            let type = try body.readUInt8()
            self = .icmp(type: type, code: try body.readUInt8())
            try body.skip(6)
        default: return nil
        }
    }
}

extension ByteReader {
    fileprivate mutating func readPorts() throws(WireError) -> (Port, Port) {
        let source = Port(try readUInt16())
        return (source, Port(try readUInt16()))
    }

    fileprivate mutating func readMACAddress() throws(WireError) -> MACAddress {
        let high = UInt64(try readUInt16())
        return MACAddress(rawValue: high << 32 | UInt64(try readUInt32()))
    }

    fileprivate mutating func readIPv6Address() throws(WireError) -> IPv6Address {
        let high = try readUInt64()
        return IPv6Address(high: high, low: try readUInt64())
    }
}
