import Network

extension ServiceDraft {
    /// The record that the index holds: see `ServiceRecord`.
    func encoded() -> [UInt8] {
        var encoder = ServiceEncoder(self)
        return encoder.encode()
    }
}

private struct ServiceEncoder {
    private let draft: ServiceDraft
    private var octets = [UInt8](repeating: 0, count: ServiceRecord.Header.length)
    /// Labels with their lengths before them, and where each begins.
    private var texts: [UInt8] = []
    private var textOffsets: [String: UInt32] = [:]

    init(_ draft: ServiceDraft) { self.draft = draft }

    mutating func encode() -> [UInt8] {
        octets[ServiceRecord.Header.kind] = draft.kind.rawValue
        octets[ServiceRecord.Header.cluster4] = putCluster(.v4)
        octets[ServiceRecord.Header.cluster6] = putCluster(.v6)
        let ordered =
            draft.endpoints.filter { $0.address.family == .v4 }
            + draft.endpoints.filter { $0.address.family == .v6 }
        for endpoint in ordered { put(endpoint) }
        set(ordered.count { $0.address.family == .v4 }, at: ServiceRecord.Header.endpoints4)
        set(ordered.count { $0.address.family == .v6 }, at: ServiceRecord.Header.endpoints6)
        putLabelOrder(ordered)
        putPorts()
        putGroups(ordered)
        set(octets.count, at: ServiceRecord.Header.textsOffset)
        return octets + (draft.externalName?.wire ?? texts)
    }

    private mutating func putCluster(_ family: IPFamily) -> UInt8 {
        // The API has one of each family at most.
        let addresses = draft.cluster.filter { $0.family == family }.prefix(255)
        for address in addresses { put(address) }
        return UInt8(addresses.count)
    }

    private mutating func put(_ endpoint: ServiceDraft.Endpoint) {
        put(endpoint.address)
        put(endpoint.label.isEmpty ? ServiceRecord.noLabel : offset(of: endpoint.label))
        put(UInt16(truncatingIfNeeded: endpoint.group))
    }

    private mutating func offset(of label: String) -> UInt32 {
        if let known = textOffsets[label] { return known }
        let offset = UInt32(texts.count)
        textOffsets[label] = offset
        texts.append(UInt8(label.utf8.count))
        texts.append(contentsOf: label.utf8)
        return offset
    }

    private mutating func putLabelOrder(_ ordered: [ServiceDraft.Endpoint]) {
        let labelled = ordered.indices.filter { !ordered[$0].label.isEmpty }
        let inOrder = labelled.sorted {
            let (left, right) = (ordered[$0].label.utf8, ordered[$1].label.utf8)
            return left.lexicographicallyPrecedes(right)
                || left.elementsEqual(right) && $0 < $1
        }
        for index in inOrder { put(UInt32(index)) }
        set(inOrder.count, at: ServiceRecord.Header.labels)
    }

    private mutating func putPorts() {
        set(octets.count, at: ServiceRecord.Header.portsOffset)
        set(draft.ports.count, at: ServiceRecord.Header.ports)
        for port in draft.ports { put(port) }
    }

    private mutating func putGroups(_ ordered: [ServiceDraft.Endpoint]) {
        var offsets: [UInt32] = []
        for (number, group) in draft.groups.enumerated() {
            offsets.append(UInt32(octets.count))
            put(UInt16(truncatingIfNeeded: group.count))
            put(targetCount(ordered, inGroup: number))
            for port in group { put(port) }
        }
        set(octets.count, at: ServiceRecord.Header.groupsOffset)
        for offset in offsets { put(offset) }
        let count = UInt16(truncatingIfNeeded: draft.groups.count)
        octets[ServiceRecord.Header.groups] = UInt8(count >> 8)
        octets[ServiceRecord.Header.groups + 1] = UInt8(truncatingIfNeeded: count)
    }

    /// How many names the endpoints of a group have: several that share a label have one.
    private func targetCount(_ ordered: [ServiceDraft.Endpoint], inGroup group: Int) -> UInt32 {
        var labels: Set<String> = []
        var unlabelled: UInt32 = 0
        for endpoint in ordered where endpoint.group == group {
            if endpoint.label.isEmpty { unlabelled += 1 } else { labels.insert(endpoint.label) }
        }
        return unlabelled + UInt32(labels.count)
    }
}

extension ServiceEncoder {
    private mutating func put(_ address: IPAddress) {
        switch address {
        case .v4(let address): for index in 0..<4 { octets.append(address.octets[index]) }
        case .v6(let address): for index in 0..<16 { octets.append(address.octets[index]) }
        }
    }

    private mutating func put(_ port: ServiceDraft.Port) {
        octets.append(port.transport.rawValue)
        put(port.number)
        octets.append(UInt8(port.name.utf8.count))
        octets.append(contentsOf: port.name.utf8)
    }

    private mutating func put(_ value: UInt16) {
        octets.append(UInt8(value >> 8))
        octets.append(UInt8(truncatingIfNeeded: value))
    }

    private mutating func put(_ value: UInt32) {
        put(UInt16(value >> 16))
        put(UInt16(truncatingIfNeeded: value))
    }

    private mutating func set(_ value: Int, at offset: Int) {
        for index in 0..<4 {
            octets[offset + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index))
        }
    }
}
