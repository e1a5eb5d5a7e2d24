import CMnl
import Network

extension ConntrackFilter {
    /// Writes as much of the filter as the kernel can be trusted with; `matches` does the rest.
    func write(to writer: inout MessageWriter) {
        if let mark {
            writer.put(CTA_MARK, bigEndian: mark.value)
            writer.put(CTA_MARK_MASK, bigEndian: mark.mask)
        }
        if !status.isEmpty {
            writer.put(CTA_STATUS, bigEndian: status.rawValue)
            writer.put(CTA_STATUS_MASK, bigEndian: status.rawValue)
        }
        if let zone { writer.put(CTA_ZONE, bigEndian: zone) }
        // The kernel reads directions of a known family only.
        if impliedFamily != nil { writeDirections(to: &writer) }
    }

    private func writeDirections(to writer: inout MessageWriter) {
        let (first, second) = (original.parts, reply.parts)
        if !first.isEmpty { original.write(to: &writer, CTA_TUPLE_ORIG, first) }
        if !second.isEmpty { reply.write(to: &writer, CTA_TUPLE_REPLY, second) }
        if first.isEmpty, second.isEmpty { return }
        writer.nest(CTA_FILTER) { writer in
            if !first.isEmpty { writer.put(CTA_FILTER_ORIG_FLAGS, first.rawValue) }
            if !second.isEmpty { writer.put(CTA_FILTER_REPLY_FLAGS, second.rawValue) }
        }
    }
}

/// The parts of a direction that the kernel is to compare.
///
/// The kernel's headers for programs leave out these numbers (CTA_FILTER_F_…).
private struct FilterParts: OptionSet {
    let rawValue: UInt32

    static let source = FilterParts(rawValue: 1 << 0)
    static let destination = FilterParts(rawValue: 1 << 1)
    static let transport = FilterParts(rawValue: 1 << 3)
    static let sourcePort = FilterParts(rawValue: 1 << 4)
    static let destinationPort = FilterParts(rawValue: 1 << 5)

    static let addresses: FilterParts = [.source, .destination]
}

extension ConntrackFilter.Direction {
    /// IPv6 addresses are left out: a kernel whose comparison is the wrong way round (seen up to
    /// 6.18) would list all connections but those that are meant.
    fileprivate var parts: FilterParts {
        var parts = FilterParts()
        if case .v4 = source { parts.insert(.source) }
        if case .v4 = destination { parts.insert(.destination) }
        guard transport != nil else { return parts }
        // Ports mean nothing to the kernel without the protocol.
        parts.insert(.transport)
        if sourcePort != nil { parts.insert(.sourcePort) }
        if destinationPort != nil { parts.insert(.destinationPort) }
        return parts
    }

    fileprivate func write(
        to writer: inout MessageWriter, _ type: ctattr_type, _ parts: FilterParts
    ) {
        writer.nest(type) { writer in
            if !parts.isDisjoint(with: .addresses) { writeAddresses(to: &writer) }
            if parts.contains(.transport) { writeTransport(to: &writer) }
        }
    }

    private func writeAddresses(to writer: inout MessageWriter) {
        writer.nest(CTA_TUPLE_IP) { writer in
            if let source { writer.put(source: source) }
            if let destination { writer.put(destination: destination) }
        }
    }

    private func writeTransport(to writer: inout MessageWriter) {
        writer.nest(CTA_TUPLE_PROTO) { writer in
            if let transport { writer.put(CTA_PROTO_NUM, transport.rawValue) }
            if let sourcePort {
                writer.put(CTA_PROTO_SRC_PORT, bigEndian: sourcePort.rawValue)
            }
            if let destinationPort {
                writer.put(CTA_PROTO_DST_PORT, bigEndian: destinationPort.rawValue)
            }
        }
    }
}
