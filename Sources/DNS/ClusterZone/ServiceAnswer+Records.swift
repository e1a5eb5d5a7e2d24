import Network

/// SRV records as they are written.
extension ServiceAnswer {
    /// The wanted ports of a service with an address, all at its own name.
    func putServiceTarget(
        _ wanted: borrowing PortName?, _ weight: UInt16, into reply: inout ReplyWriter
    ) {
        let all = record.servicePorts
        var (ports, first) = (all, Int?.none)
        while let port = record.next(&ports) {
            guard isWanted(port, of: all, wanted) else { continue }
            guard let name = putTarget(nil, port.number, weight, into: &reply) else { return }
            first = first ?? name
        }
        guard let first, let owner = pointer(to: first) else { return }
        putAddresses(.v4, in: .additional, owner: owner, into: &reply)
        putAddresses(.v6, in: .additional, owner: owner, into: &reply)
    }

    /// Each endpoint's wanted ports at the endpoint's name, and the addresses of all names.
    func putEndpointTargets(
        _ wanted: borrowing PortName?, _ weight: UInt16, into reply: inout ReplyWriter
    ) {
        var offset = reply.count
        var turn = TargetTurn(record, rotation: lookup.rotation)
        while let target = turn.next(record) {
            guard targetLength(target.endpoint) <= DomainName.longestName else { continue }
            let all = record.ports(ofGroup: record.group(target.endpoint))
            var ports = all
            while let port = record.next(&ports) {
                guard isWanted(port, of: all, wanted) else { continue }
                if putTarget(target.endpoint, port.number, weight, into: &reply) == nil { return }
            }
        }
        turn = TargetTurn(record, rotation: lookup.rotation)
        while let target = turn.next(record) {
            guard let name = skipTargets(target, wanted, at: &offset, in: reply) else { continue }
            putGlue(target, name, into: &reply)
        }
    }

    /// Puts one record, and returns where the name in it stands; nil if it does not fit.
    private func putTarget(
        _ endpoint: ServiceRecord.Endpoint?, _ port: UInt16, _ weight: UInt16,
        into reply: inout ReplyWriter
    ) -> Int? {
        guard let endpoint else { return putTarget(Span(), port, weight, into: &reply) }
        if record.hasLabel(endpoint) {
            return putTarget(record.label(endpoint), port, weight, into: &reply)
        }
        guard let address = IPAddress(octets: record.address(endpoint)) else { return nil }
        let dashed = DashedAddress(address)
        return putTarget(dashed.label, port, weight, into: &reply)
    }

    /// How long an endpoint's name is, which may be longer than a name can be.
    private func targetLength(_ endpoint: ServiceRecord.Endpoint) -> Int {
        if record.hasLabel(endpoint) { return ownLength + 1 + record.label(endpoint).count }
        guard let address = IPAddress(octets: record.address(endpoint)) else { return ownLength }
        return ownLength + 1 + DashedAddress(address).length
    }

    /// How long the service's own name is.
    private var ownLength: Int {
        key.count + ClusterZone.branchLength + lookup.suffix.zone.wire.count
    }

    private func putTarget(
        _ label: Span<UInt8>, _ port: UInt16, _ weight: UInt16, into reply: inout ReplyWriter
    ) -> Int? {
        let length = ownLength + (label.isEmpty ? 0 : 1 + label.count)
        guard reply.begin(.srv, ttl: lookup.ttl, length: 6 + length) else { return nil }
        // The priority.
        reply.put16(0)
        reply.put16(weight)
        reply.put16(port)
        let name = reply.count
        if !label.isEmpty {
            reply.put8(UInt8(label.count))
            reply.put(label)
        }
        reply.put(key)
        reply.putBranch()
        // A target is written out (RFC 2782).
        reply.put(lookup.suffix.zone.wire.span)
        return name
    }

    /// Steps over the records of a target, and returns where its name stands in the first of them.
    private func skipTargets(
        _ target: TargetTurn.Target, _ wanted: borrowing PortName?, at offset: inout Int,
        in reply: borrowing ReplyWriter
    ) -> Int? {
        guard targetLength(target.endpoint) <= DomainName.longestName else { return nil }
        var name: Int?
        let all = record.ports(ofGroup: record.group(target.endpoint))
        var ports = all
        while let port = record.next(&ports) {
            guard isWanted(port, of: all, wanted) else { continue }
            // Owner, type, class, TTL and length; then priority, weight and port.
            name = name ?? offset + 12 + 6
            offset += 12 + Int(reply.written.bigEndian16(at: offset + 10))
        }
        return name
    }

    /// Puts the addresses of a target's name.
    private func putGlue(
        _ target: TargetTurn.Target, _ name: Int, into reply: inout ReplyWriter
    ) {
        guard let owner = pointer(to: name) else { return }
        guard var index = target.labelled else {
            return putGlue(target.endpoint, owner, into: &reply)
        }
        let label = record.label(target.endpoint)
        while index < record.labelledCount {
            let endpoint = record.labelled(index)
            guard record.label(endpoint).equals(label) else { return }
            putGlue(endpoint, owner, into: &reply)
            index += 1
        }
    }

    private func putGlue(
        _ endpoint: ServiceRecord.Endpoint, _ owner: UInt16, into reply: inout ReplyWriter
    ) {
        let type = endpoint.family.isV4 ? RecordType.a : .aaaa
        let address = record.address(endpoint)
        if reply.begin(
            type, ttl: lookup.ttl, length: address.count, in: .additional, owner: owner)
        {
            reply.put(address)
        }
    }

    private func pointer(to offset: Int) -> UInt16? {
        offset < ReplyWriter.pointerReach ? 0xc000 | UInt16(offset) : nil
    }
}

/// Goes through the names of endpoints once, beginning at one of them.
struct TargetTurn {
    private let (fours, sixes, labelled): (Int, Int, Int)
    private var position: Int
    private var left: Int

    init(_ record: borrowing ServiceRecord, rotation: UInt32) {
        fours = record.endpointCount(.v4)
        sixes = record.endpointCount(.v6)
        labelled = record.labelledCount
        let all = fours + sixes
        left = all + labelled
        position = all > 0 ? Int(rotation) % all : 0
        guard position < all else { return }
        let endpoint =
            position < fours
            ? record.endpoint(position, .v4) : record.endpoint(position - fours, .v6)
        // Those with labels come behind the others, in an order of their own.
        if record.hasLabel(endpoint) { position = all + Int(rotation) / all % labelled }
    }

    /// A name of endpoints, by the first of them.
    struct Target {
        let endpoint: ServiceRecord.Endpoint
        /// Where it is in the order of labels, if it has one.
        let labelled: Int?
    }

    mutating func next(_ record: borrowing ServiceRecord) -> Target? {
        while left > 0 {
            defer {
                left -= 1
                position = position + 1 == fours + sixes + labelled ? 0 : position + 1
            }
            if let target = target(record) { return target }
        }
        return nil
    }

    private func target(_ record: borrowing ServiceRecord) -> Target? {
        if position >= fours + sixes {
            return labelledTarget(position - fours - sixes, record)
        }
        let endpoint =
            position < fours
            ? record.endpoint(position, .v4) : record.endpoint(position - fours, .v6)
        // Those with labels come in the labels' order.
        if record.hasLabel(endpoint) { return nil }
        return Target(endpoint: endpoint, labelled: nil)
    }

    /// An endpoint's label, unless the one before has the same.
    private func labelledTarget(_ index: Int, _ record: borrowing ServiceRecord) -> Target? {
        let endpoint = record.labelled(index)
        if index > 0,
            record.label(record.labelled(index - 1)).equals(record.label(endpoint))
        {
            return nil
        }
        return Target(endpoint: endpoint, labelled: index)
    }
}
