import Network

/// What the index holds of an address: the names it leads back to, one after the other.
struct AddressRecord: ~Escapable {
    private let octets: Span<UInt8>

    @_lifetime(copy octets)
    init(_ octets: Span<UInt8>) { self.octets = octets }

    /// A name, as where it stands in the record.
    struct Reference {
        fileprivate let offset: Int
        /// Whether the address is the service's own, and not an endpoint's.
        let isCluster: Bool
        /// Where the next one would stand.
        fileprivate let end: Int
    }

    func first() -> Reference? { reference(at: 0) }

    func next(_ reference: Reference) -> Reference? { self.reference(at: reference.end) }

    private func reference(at offset: Int) -> Reference? {
        guard offset < octets.count else { return nil }
        let service = offset + 2 + Int(octets[offset + 1])
        return Reference(
            offset: offset, isCluster: octets[offset] == 1,
            end: service + 1 + Int(octets[service]))
    }

    /// The endpoint's own label, without its length; empty for one that goes by its address.
    @_lifetime(copy self)
    func label(_ reference: Reference) -> Span<UInt8> {
        let start = reference.offset + 2
        return octets.extracting(start..<start + Int(octets[reference.offset + 1]))
    }

    /// The labels of service and namespace, as they are in names.
    @_lifetime(copy self)
    func service(_ reference: Reference) -> Span<UInt8> {
        let start = reference.offset + 3 + Int(octets[reference.offset + 1])
        return octets.extracting(start..<reference.end)
    }
}

/// What an address leads back to, while the index is changed.
struct AddressReference: Hashable, Comparable {
    let isCluster: Bool
    let label: [UInt8]
    /// The labels of service and namespace, as they are in names.
    let service: [UInt8]

    /// Services' own addresses come first, as they are what is answered (D30).
    static func < (left: Self, right: Self) -> Bool {
        if left.isCluster != right.isCluster { return left.isCluster }
        if left.service != right.service {
            return left.service.lexicographicallyPrecedes(right.service)
        }
        return left.label.lexicographicallyPrecedes(right.label)
    }

    static func encoded(_ references: [AddressReference]) -> [UInt8] {
        var octets: [UInt8] = []
        for reference in references {
            octets.append(reference.isCluster ? 1 : 0)
            octets.append(UInt8(reference.label.count))
            octets.append(contentsOf: reference.label)
            octets.append(UInt8(reference.service.count))
            octets.append(contentsOf: reference.service)
        }
        return octets
    }

    static func decoded(_ octets: [UInt8]) -> [AddressReference] {
        var references: [AddressReference] = []
        let record = AddressRecord(octets.span)
        var next = record.first()
        while let reference = next {
            references.append(
                AddressReference(
                    isCluster: reference.isCluster, label: record.label(reference).octets,
                    service: record.service(reference).octets))
            next = record.next(reference)
        }
        return references
    }
}

extension Span<UInt8> {
    /// A copy.
    var octets: [UInt8] { octets(indices) }
}
