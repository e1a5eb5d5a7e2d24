import CMnl
import Network

extension ConntrackEntry {
    /// Writes the whole entry, to create it.
    func write(to writer: inout MessageWriter) {
        original.write(to: &writer, CTA_TUPLE_ORIG)
        // The kernel works out the other direction from the translations.
        original.reversed.write(to: &writer, CTA_TUPLE_REPLY)
        writeTranslations(to: &writer)
        writer.put(CTA_TIMEOUT, bigEndian: timeout)
        // That addresses are translated the kernel concludes itself. What is created is confirmed,
        // and must not be told to be otherwise (EBUSY).
        let told = status.subtracting(.translated)
        if !told.isEmpty { writer.put(CTA_STATUS, bigEndian: told.union(.confirmed).rawValue) }
        if mark != 0 { writer.put(CTA_MARK, bigEndian: mark) }
        if zone != 0 { writer.put(CTA_ZONE, bigEndian: zone) }
        if let tcpState {
            writer.nest(CTA_PROTOINFO) { writer in
                writer.nest(CTA_PROTOINFO_TCP) { writer in
                    writer.put(CTA_PROTOINFO_TCP_STATE, tcpState.rawValue)
                }
            }
        }
    }

    private func writeTranslations(to writer: inout MessageWriter) {
        let (to, from) = (reply.source, reply.destination)
        if to != original.destination || reply.sourcePort != original.destinationPort {
            writer.put(CTA_NAT_DST, translationTo: to, reply.sourcePort)
        }
        if from != original.source || reply.destinationPort != original.sourcePort {
            writer.put(CTA_NAT_SRC, translationTo: from, reply.destinationPort)
        }
    }

    /// Writes what tells the entry from others.
    func writeIdentity(to writer: inout MessageWriter) {
        original.write(to: &writer, CTA_TUPLE_ORIG)
        if zone != 0 { writer.put(CTA_ZONE, bigEndian: zone) }
        if let id { writer.put(CTA_ID, bigEndian: id) }
    }
}

extension ConntrackEntry: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        let types = [IPCTNL_MSG_CT_NEW, IPCTNL_MSG_CT_DELETE].map(\.messageType)
        guard types.contains(Int(message.type)) else { return nil }
        let attributes = message.attributes(after: nfgenmsg.self)
        guard let original = try attributes.first(CTA_TUPLE_ORIG)?.nested,
            let reply = try attributes.first(CTA_TUPLE_REPLY)?.nested
        else { throw NetlinkError(.malformed, "read connection", text: "no tuple") }
        self.init(
            try ConntrackTuple(original), reply: try ConntrackTuple(reply), timeout: 0)
        try read(attributes)
    }

    private mutating func read(_ attributes: consuming Attributes) throws(NetlinkError) {
        while let attribute = try attributes.next() {
            switch attribute.type {
            case CTA_STATUS: status = ConntrackStatus(rawValue: try attribute.network())
            case CTA_TIMEOUT: timeout = try attribute.network()
            case CTA_MARK: mark = try attribute.network()
            case CTA_ZONE: zone = try attribute.network()
            case CTA_ID: id = try attribute.network()
            case CTA_PROTOINFO: tcpState = try TCPState(attribute.nested)
            case CTA_COUNTERS_ORIG: try read(attribute.nested, \.original)
            case CTA_COUNTERS_REPLY: try read(attribute.nested, \.reply)
            default: break
            }
        }
    }

    private mutating func read(
        _ attributes: Attributes, _ direction: WritableKeyPath<Counters, Passed>
    ) throws(NetlinkError) {
        let passed = Passed(
            packets: try attributes.first(CTA_COUNTERS_PACKETS)?.network() ?? 0,
            bytes: try attributes.first(CTA_COUNTERS_BYTES)?.network() ?? 0)
        counters = counters ?? Counters()
        counters?[keyPath: direction] = passed
    }
}

extension TCPState {
    fileprivate init?(_ attributes: Attributes) throws(NetlinkError) {
        guard let tcp = try attributes.first(CTA_PROTOINFO_TCP)?.nested,
            let state = try tcp.first(CTA_PROTOINFO_TCP_STATE)
        else { return nil }
        self.init(rawValue: try state.host())
    }
}

extension cntl_msg_types {
    /// The message's number among all of netfilter: the subsystem's in the upper byte.
    var messageType: Int { Int(NFNL_SUBSYS_CTNETLINK) << 8 | Int(rawValue) }
}

extension MessageWriter {
    /// Writes what an address and port become: a range of one.
    fileprivate mutating func put(
        _ type: ctattr_type, translationTo address: IPAddress, _ port: Port?
    ) {
        nest(type) { writer in
            let isV4 = address.family == .v4
            writer.put(isV4 ? CTA_NAT_V4_MINIP : CTA_NAT_V6_MINIP, address)
            writer.put(isV4 ? CTA_NAT_V4_MAXIP : CTA_NAT_V6_MAXIP, address)
            guard let port else { return }
            writer.nest(CTA_NAT_PROTO) { writer in
                writer.put(CTA_PROTONAT_PORT_MIN, bigEndian: port.rawValue)
                writer.put(CTA_PROTONAT_PORT_MAX, bigEndian: port.rawValue)
            }
        }
    }
}
