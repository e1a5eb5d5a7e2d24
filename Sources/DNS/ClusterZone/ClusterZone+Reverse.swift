import Network
import Platform

extension ClusterZone {
    /// Answers a name in a reverse zone: an address, a part of one, or none.
    func answerReverse(
        _ name: borrowing QuestionName, _ type: RecordType, suffix: Suffix,
        into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        if name.labelCount == suffix.zone.labelCount {
            return answerReverseApex(type, suffix, into: &reply)
        }
        guard index.isSynced else { return .notReady }
        guard let reverse = ReverseName(name) else { return .noSuchName(nil) }
        guard reverse.isWhole else {
            return exists(reverse) ? .noData : .noSuchName(nil)
        }
        let (table, key) = (index.table, ClusterKey.address(reverse.address))
        guard let value = table.record(key.octets) else { return .noSuchName(nil) }
        guard type == .ptr else { return .noData }
        let before = reply.answerCount
        putPointers(AddressRecord(value.octets), of: reverse.address, into: &reply)
        return reply.outcome(since: before)
    }

    private func answerReverseApex(
        _ type: RecordType, _ suffix: Suffix, into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        switch type {
        case .soa:
            _ = putAuthority(
                suffix, ttl: min(settings.ttl, 300), in: .answer, into: &reply)
            return .answered
        case .ns:
            let server = primary.server
            if reply.begin(.ns, ttl: settings.ttl, length: server.count) {
                reply.put(server.span)
            }
            return .answered
        default: return .noData
        }
    }

    /// Whether there is an address below a part of one.
    private func exists(_ reverse: ReverseName) -> Bool {
        let perStep = ReversePath.labels(reverse.address.family)
        let steps = reverse.labels / perStep
        let key = ClusterKey.reverse(reverse.address, steps: steps)
        let table = index.table
        guard let value = table.record(key.octets) else { return false }
        let rest = reverse.labels % perStep
        if rest == 0 { return true }
        let part = ReversePath.part(steps, of: reverse.address)
        let span = UInt16(1) << UInt16(16 - 4 * rest) - 1
        return ReversePath.contains(value.octets, part...part | span)
    }

    /// Puts the name of the service whose address it is, or of each endpoint that has it (D30).
    private func putPointers(
        _ record: borrowing AddressRecord, of address: IPAddress, into reply: inout ReplyWriter
    ) {
        var next = record.first()
        while let reference = next {
            if reference.isCluster {
                putPointer(Span(), record.service(reference), into: &reply)
                return
            }
            let label = record.label(reference)
            if label.isEmpty {
                let dashed = DashedAddress(address)
                putPointer(dashed.label, record.service(reference), into: &reply)
            } else {
                putPointer(label, record.service(reference), into: &reply)
            }
            next = record.next(reference)
        }
    }

    private func putPointer(
        _ label: Span<UInt8>, _ service: Span<UInt8>, into reply: inout ReplyWriter
    ) {
        let wire = primary.zone.wire
        let length =
            (label.isEmpty ? 0 : label.count + 1) + service.count + Self.branchLength
            + wire.count
        guard length <= DomainName.longestName,
            reply.begin(.ptr, ttl: settings.ttl, length: length)
        else { return }
        if !label.isEmpty {
            reply.put8(UInt8(label.count))
            reply.put(label)
        }
        reply.put(service)
        reply.putBranch()
        reply.put(wire.span)
    }
}

/// A name in `in-addr.arpa` or `ip6.arpa` as what it says of an address.
struct ReverseName {
    /// The address, with zeros for what the name does not say.
    let address: IPAddress
    /// How many labels say something of it.
    let labels: Int

    var isWhole: Bool { labels == (address.family.isV4 ? 4 : 32) }

    /// Nil for a name that is not of digits as they should be.
    init?(_ name: borrowing QuestionName) {
        let count = name.labelCount - 2
        guard count >= 0, name.label(count + 1).isEqual(to: "arpa") else { return nil }
        labels = count
        if name.label(count).isEqual(to: "in-addr") {
            guard count <= 4 else { return nil }
            var value: UInt32 = 0
            for index in 0..<count {
                guard let octet = Self.decimal(name.label(count - 1 - index)) else { return nil }
                value |= UInt32(octet) << UInt32(24 - 8 * index)
            }
            address = .v4(IPv4Address(rawValue: value))
        } else {
            guard name.label(count).isEqual(to: "ip6"), count <= 32 else { return nil }
            var value: UInt128 = 0
            for index in 0..<count {
                guard let digit = Self.hexadecimal(name.label(count - 1 - index)) else {
                    return nil
                }
                value |= UInt128(digit) << UInt128(124 - 4 * index)
            }
            address = .v6(IPv6Address(rawValue: value))
        }
    }

    /// A number of 0 to 255 without leading zeros.
    private static func decimal(_ label: Span<UInt8>) -> UInt8? {
        guard (1...3).contains(label.count), label.count == 1 || label[0] != 0x30 else {
            return nil
        }
        var value = 0
        for index in label.indices {
            guard (0x30...0x39).contains(label[index]) else { return nil }
            value = value * 10 + Int(label[index] - 0x30)
        }
        return UInt8(exactly: value)
    }

    private static func hexadecimal(_ label: Span<UInt8>) -> UInt8? {
        guard label.count == 1 else { return nil }
        switch label[0] {
        case 0x30...0x39: return label[0] - 0x30
        case 0x61...0x66: return label[0] - 0x61 + 10
        default: return nil
        }
    }
}
