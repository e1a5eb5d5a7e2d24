import Network

extension ServiceAnswer {
    /// Puts the addresses of a family that the service's name leads to, from one turn to the next
    /// beginning with another.
    func putAddresses(
        _ family: IPFamily, in section: Section = .answer,
        owner: UInt16? = nil, into reply: inout ReplyWriter
    ) {
        let type = family.isV4 ? RecordType.a : .aaaa
        let isHeadless = record.kind == .headless
        let count = isHeadless ? record.endpointCount(family) : record.clusterCount(family)
        var position = count > 1 ? Int(lookup.rotation % UInt32(count)) : 0
        for _ in 0..<count {
            defer { position = position + 1 == count ? 0 : position + 1 }
            if isHeadless, isRepeated(position, family) { continue }
            let address =
                isHeadless
                ? record.address(record.endpoint(position, family))
                : record.clusterAddress(position, family)
            guard
                reply.begin(
                    type, ttl: lookup.ttl, length: address.count, in: section, owner: owner)
            else { return }
            reply.put(address)
        }
    }

    /// Whether the endpoint before has the same address, as two labels can.
    private func isRepeated(_ position: Int, _ family: IPFamily) -> Bool {
        guard position > 0 else { return false }
        return record.address(record.endpoint(position, family))
            .equals(record.address(record.endpoint(position - 1, family)))
    }

    /// The endpoint of an address that has no label of its own.
    func unlabelled(_ address: IPAddress) -> ServiceRecord.Endpoint? {
        let key = ClusterKey.address(address)
        let octets = key.octets.extracting(1...)
        let count = record.endpointCount(address.family)
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let other = record.address(record.endpoint(middle, address.family))
            if other.precedes(octets) { low = middle + 1 } else { high = middle }
        }
        while low < count {
            let endpoint = record.endpoint(low, address.family)
            guard record.address(endpoint).equals(octets) else { return nil }
            if !record.hasLabel(endpoint) { return endpoint }
            low += 1
        }
        return nil
    }

    /// Which is the first endpoint, in the order of labels, whose label is not less.
    func firstLabelled(_ label: Span<UInt8>) -> Int {
        var (low, high) = (0, record.labelledCount)
        while low < high {
            let middle = (low + high) / 2
            if record.label(record.labelled(middle)).precedes(label) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

extension Span<UInt8> {
    /// Whether these octets come before others, as numbers are ordered.
    func precedes(_ other: Span<UInt8>) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }
}
