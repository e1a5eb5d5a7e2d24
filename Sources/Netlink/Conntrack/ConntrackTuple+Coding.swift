import CMnl
import Network

extension ConntrackTuple {
    func write(to writer: inout MessageWriter, _ type: ctattr_type) {
        writer.nest(type) { writer in
            writer.nest(CTA_TUPLE_IP) { writer in
                writer.put(source: source)
                writer.put(destination: destination)
            }
            writer.nest(CTA_TUPLE_PROTO) { writer in
                writer.put(CTA_PROTO_NUM, transport.rawValue)
                detail.write(to: &writer, transport)
            }
        }
    }

    /// Reads a direction; one that lacks an address is malformed, unknown parts are passed over.
    init(_ attributes: Attributes) throws(NetlinkError) {
        guard let addresses = try attributes.first(CTA_TUPLE_IP)?.nested,
            let transport = try attributes.first(CTA_TUPLE_PROTO)?.nested
        else { throw NetlinkError(.malformed, "read connection", text: "half a tuple") }
        let (source, destination) = try Self.addresses(addresses)
        self.init(.init(rawValue: 0), from: source, to: destination, .none)
        try readTransport(transport)
    }

    private static func addresses(
        _ attributes: consuming Attributes
    ) throws(NetlinkError) -> (IPAddress, IPAddress) {
        var source: IPAddress?
        var destination: IPAddress?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case CTA_IP_V4_SRC, CTA_IP_V6_SRC: source = try attribute.address()
            case CTA_IP_V4_DST, CTA_IP_V6_DST: destination = try attribute.address()
            default: break
            }
        }
        guard let source, let destination, source.family == destination.family else {
            throw NetlinkError(.malformed, "read connection", text: "an address is missing")
        }
        return (source, destination)
    }

    private mutating func readTransport(
        _ attributes: consuming Attributes
    ) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case CTA_PROTO_NUM: transport = IPProtocol(rawValue: try attribute.host())
            default: try detail.read(attribute)
            }
        }
    }
}

extension ConntrackTuple.Detail {
    fileprivate func write(to writer: inout MessageWriter, _ transport: IPProtocol) {
        switch self {
        case .none: break
        case .ports(let source, let destination):
            writer.put(CTA_PROTO_SRC_PORT, bigEndian: source.rawValue)
            writer.put(CTA_PROTO_DST_PORT, bigEndian: destination.rawValue)
        case .icmp(let type, let code, let id):
            let isV6 = transport == .icmpv6
            writer.put(isV6 ? CTA_PROTO_ICMPV6_ID : CTA_PROTO_ICMP_ID, bigEndian: id)
            writer.put(isV6 ? CTA_PROTO_ICMPV6_TYPE : CTA_PROTO_ICMP_TYPE, type)
            writer.put(isV6 ? CTA_PROTO_ICMPV6_CODE : CTA_PROTO_ICMP_CODE, code)
        }
    }

    fileprivate mutating func read(_ attribute: borrowing Attribute) throws(NetlinkError) {
        let (from, to) = ports
        let (type, code, id) = icmp
        switch attribute.type {
        case CTA_PROTO_SRC_PORT:
            self = .ports(source: Port(try attribute.network()), destination: to)
        case CTA_PROTO_DST_PORT:
            self = .ports(source: from, destination: Port(try attribute.network()))
        case CTA_PROTO_ICMP_TYPE, CTA_PROTO_ICMPV6_TYPE:
            self = .icmp(type: try attribute.host(), code: code, id: id)
        case CTA_PROTO_ICMP_CODE, CTA_PROTO_ICMPV6_CODE:
            self = .icmp(type: type, code: try attribute.host(), id: id)
        case CTA_PROTO_ICMP_ID, CTA_PROTO_ICMPV6_ID:
            self = .icmp(type: type, code: code, id: try attribute.network())
        default: break
        }
    }

    /// The ports read so far.
    private var ports: (Port, Port) {
        if case .ports(let source, let destination) = self { (source, destination) } else { (0, 0) }
    }

    private var icmp: (UInt8, UInt8, UInt16) {
        if case .icmp(let type, let code, let id) = self { (type, code, id) } else { (0, 0, 0) }
    }
}

extension MessageWriter {
    mutating func put(source address: IPAddress) {
        put(address.family == .v4 ? CTA_IP_V4_SRC : CTA_IP_V6_SRC, address)
    }

    mutating func put(destination address: IPAddress) {
        put(address.family == .v4 ? CTA_IP_V4_DST : CTA_IP_V6_DST, address)
    }
}
