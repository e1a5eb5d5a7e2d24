import Network
import Platform

extension ForwardLookup {
    /// The zone's own name.
    func answerApex(into reply: inout ReplyWriter) -> ZoneOutcome {
        switch type {
        case .soa:
            _ = zone.putAuthority(
                suffix, ttl: min(ttl, 300), in: .answer, into: &reply)
            return .answered
        case .ns: return answerServers(into: &reply)
        default: return .noData
        }
    }

    /// The zone's servers: the service we are of, or a name for ourselves (D33).
    private func answerServers(into reply: inout ReplyWriter) -> ZoneOutcome {
        let table = zone.index.table
        for index in zone.serverAddresses.indices {
            let key = ClusterKey.address(zone.serverAddresses[index])
            guard let value = table.record(key.octets) else { continue }
            let record = AddressRecord(value.octets)
            guard let reference = record.first() else { continue }
            putServer(record.service(reference), into: &reply)
            return .answered
        }
        guard reply.begin(.ns, ttl: ttl, length: suffix.server.count) else { return .answered }
        let name = reply.count
        reply.put(suffix.server.span)
        putGlue(zone.serverAddresses, name: name, into: &reply)
        return .answered
    }

    /// A service as the zone's server, with its addresses.
    private func putServer(_ service: Span<UInt8>, into reply: inout ReplyWriter) {
        let length = service.count + ClusterZone.branchLength + suffix.zone.wire.count
        guard reply.begin(.ns, ttl: ttl, length: length) else { return }
        let name = UInt16(truncatingIfNeeded: reply.count) | 0xc000
        reply.put(service)
        reply.putBranch()
        reply.put(suffix.zone.wire.span)
        let table = zone.index.table
        guard let value = table.record(service) else { return }
        let answer = ServiceAnswer(self, ServiceRecord(value.octets), key: service)
        answer.putAddresses(.v4, in: .additional, owner: name, into: &reply)
        answer.putAddresses(.v6, in: .additional, owner: name, into: &reply)
    }

    private func putGlue(_ addresses: [IPAddress], name: Int, into reply: inout ReplyWriter) {
        let owner = UInt16(truncatingIfNeeded: name) | 0xc000
        for index in addresses.indices {
            guard reply.put(addresses[index], ttl: ttl, in: .additional, owner: owner) else {
                return
            }
        }
    }

    /// `dns.Z`, and below it the name of ourselves.
    func answerServer(
        _ name: borrowing QuestionName, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        if labels == 1 { return .noData }
        guard labels == 2, ShortLabel(name.label(0)) == .ns else { return .noSuchName(nil) }
        var isAnswered = false
        for index in zone.serverAddresses.indices
        where put(zone.serverAddresses[index], into: &reply) {
            isAnswered = true
        }
        return isAnswered ? .answered : .noData
    }
}

extension ClusterZone {
    /// The length of what `putBranch` puts.
    static var branchLength: Int { 4 }
}

extension ReplyWriter {
    /// Puts the label that all services lie below.
    @inline(__always)
    mutating func putBranch() {
        // "svc" with its length.
        put32(0x0373_7663)
    }
}
