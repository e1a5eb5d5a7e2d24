import Network
import Platform

/// A question about a name below a cluster's zone.
struct ForwardLookup {
    let zone: ClusterZone
    let suffix: ClusterZone.Suffix
    /// How many labels stand before the zone's.
    let labels: Int
    let type: RecordType
    /// Where in a list of equal records to begin.
    let rotation: UInt32

    init(
        _ zone: ClusterZone, suffix: ClusterZone.Suffix, labels: Int, type: RecordType,
        rotation: UInt32
    ) {
        self.zone = zone
        self.suffix = suffix
        self.labels = labels
        self.type = type
        self.rotation = rotation
    }

    var ttl: UInt32 { zone.settings.ttl }
}

extension ForwardLookup {
    func answer(
        _ name: borrowing QuestionName, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        if labels == 0 { return answerApex(into: &reply) }
        switch ShortLabel(name.label(labels - 1)) {
        case .svc: return answerServices(name, into: &reply)
        case .pod: return answerPods(name, into: &reply)
        case .dns: return answerServer(name, into: &reply)
        default:
            guard labels == 1, name.label(0).isEqual(to: "dns-version") else {
                return .noSuchName(nil)
            }
            return answerVersion(into: &reply)
        }
    }

    /// `svc.Z`, a namespace's, a service's, and what is below a service's.
    private func answerServices(
        _ name: borrowing QuestionName, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        if labels == 1 { return .noData }
        guard zone.index.isSynced else { return .notReady }
        if labels == 2 { return existence(ofNamespace: name.label(0)) }
        let key = name.labels(labels - 3..<labels - 1)
        let table = zone.index.table
        guard let value = table.record(key) else { return .noSuchName(nil) }
        let answer = ServiceAnswer(self, ServiceRecord(value.octets), key: key)
        return answer.answer(name, below: labels - 3, into: &reply)
    }

    private func existence(ofNamespace label: Span<UInt8>) -> ZoneOutcome {
        exists(namespace: label) ? .noData : .noSuchName(nil)
    }

    private func exists(namespace label: Span<UInt8>) -> Bool {
        let (table, key) = (zone.index.table, ClusterKey.namespace(label))
        return table.record(key.octets) != nil
    }

    /// Names of pods' addresses, as far as they are wanted.
    private func answerPods(
        _ name: borrowing QuestionName, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        if labels == 1 { return .noData }
        if zone.settings.pods == .disabled { return .noSuchName(nil) }
        guard zone.index.isSynced else { return .notReady }
        let namespace = name.label(labels - 2)
        guard exists(namespace: namespace) else { return .noSuchName(nil) }
        if labels == 2 { return .noData }
        guard labels == 3, let address = IPAddress(looselyDashed: name.label(0)),
            hasName(address, namespace)
        else { return .noSuchName(nil) }
        return put(address, into: &reply) ? .answered : .noData
    }

    private func hasName(_ address: IPAddress, _ namespace: Span<UInt8>) -> Bool {
        if zone.settings.pods == .insecure { return true }
        let (table, key) = (zone.index.table, ClusterKey.pod(address, namespace))
        return table.record(key.octets) != nil
    }

    /// Puts an address record if one of its family is asked for; true if it is.
    func put(_ address: IPAddress, into reply: inout ReplyWriter) -> Bool {
        guard type == (address.family.isV4 ? .a : .aaaa) else { return false }
        _ = reply.put(address, ttl: ttl)
        return true
    }

    /// The version of the names' specification (D2).
    private func answerVersion(into reply: inout ReplyWriter) -> ZoneOutcome {
        guard type == .txt else { return .noData }
        let version: [6 of UInt8] = [5, 0x31, 0x2e, 0x31, 0x2e, 0x30]
        if reply.begin(.txt, ttl: Self.versionTTL, length: version.count) {
            reply.put(version.span)
        }
        return .answered
    }

    /// The specification's example has eight hours.
    private static var versionTTL: UInt32 { 28800 }
}
