import Network

/// Answers what is asked of a service, or of a name below it.
struct ServiceAnswer: ~Escapable {
    let lookup: ForwardLookup
    let record: ServiceRecord
    /// The labels of service and namespace, as they are in names.
    let key: Span<UInt8>

    @_lifetime(copy record, copy key)
    init(_ lookup: ForwardLookup, _ record: ServiceRecord, key: Span<UInt8>) {
        self.lookup = lookup
        self.record = record
        self.key = key
    }

    /// Answers a name that has so many labels below the service's.
    func answer(
        _ name: borrowing QuestionName, below labels: Int, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        switch record.kind {
        case .nothing: return .noSuchName(nil)
        case .externalName: return labels == 0 ? answerAlias(into: &reply) : .noSuchName(nil)
        case .clusterIP, .headless: break
        }
        switch labels {
        case 0: return answerService(into: &reply)
        case 1:
            let label = name.label(0)
            if let transport = TransportProtocol(nameLabel: label), hasNamedPort(transport) {
                return .noData
            }
            return answerEndpoint(label, into: &reply)
        case 2: return answerPort(name, into: &reply)
        default: return .noSuchName(nil)
        }
    }

    /// The service's own name.
    private func answerService(into reply: inout ReplyWriter) -> ZoneOutcome {
        let before = reply.answerCount
        switch lookup.type {
        case .a: putAddresses(.v4, into: &reply)
        case .aaaa: putAddresses(.v6, into: &reply)
        case .srv: return answerTargets(nil, into: &reply)
        default: return .noData
        }
        return reply.outcome(since: before)
    }

    /// A name that stands for another; it does so for every type (D21).
    private func answerAlias(into reply: inout ReplyWriter) -> ZoneOutcome {
        let target = record.externalName
        guard reply.begin(.cname, ttl: lookup.ttl, length: target.count) else { return .answered }
        reply.put(target)
        // All that there is of any type is the alias itself (RFC 1034 section 3.6.2).
        if lookup.type == .cname || lookup.type == .any { return .answered }
        return .alias(DomainName(unchecked: target.octets))
    }

    /// The name of an endpoint: its own label, or its address.
    private func answerEndpoint(
        _ label: Span<UInt8>, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        let before = reply.answerCount
        var exists = false
        if let address = IPAddress(dashedLabel: label), let found = unlabelled(address) {
            exists = true
            put(found, into: &reply)
        }
        var index = firstLabelled(label)
        while index < record.labelledCount {
            let endpoint = record.labelled(index)
            guard record.label(endpoint).equals(label) else { break }
            exists = true
            put(endpoint, into: &reply)
            index += 1
        }
        return exists ? reply.outcome(since: before) : .noSuchName(nil)
    }

    /// Puts an endpoint's address if it is what is asked for.
    private func put(_ endpoint: ServiceRecord.Endpoint, into reply: inout ReplyWriter) {
        let type = endpoint.family.isV4 ? RecordType.a : .aaaa
        guard lookup.type == type else { return }
        let address = record.address(endpoint)
        if reply.begin(type, ttl: lookup.ttl, length: address.count) { reply.put(address) }
    }

    /// A port by name and protocol, such as `_http._tcp`.
    private func answerPort(
        _ name: borrowing QuestionName, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        guard let transport = TransportProtocol(nameLabel: name.label(1)),
            let port = PortName(name.label(0), transport), hasPort(port)
        else { return .noSuchName(nil) }
        return lookup.type == .srv ? answerTargets(port, into: &reply) : .noData
    }
}

extension ReplyWriter {
    /// Whether something was put behind so many records, or would have been with more room.
    func outcome(since before: Int) -> ZoneOutcome {
        answerCount > before || flags.contains(.truncated) ? .answered : .noData
    }
}

/// A port as names have it.
struct PortName: ~Escapable {
    let name: Span<UInt8>
    let transport: TransportProtocol

    /// Nil for a label that has no underscore, or nothing behind it.
    @_lifetime(copy label)
    init?(_ label: Span<UInt8>, _ transport: TransportProtocol) {
        guard label.count > 1, label[0] == UInt8(ascii: "_") else { return nil }
        name = label.extracting(1...)
        self.transport = transport
    }
}

extension TransportProtocol {
    /// The protocol of a label such as `_tcp`.
    init?(nameLabel label: Span<UInt8>) {
        switch ShortLabel(label) {
        case .tcp: self = .tcp
        case .udp: self = .udp
        case .sctp: self = .sctp
        default: return nil
        }
    }
}
