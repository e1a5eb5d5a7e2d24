import Network

/// What the index holds of a service: all names below it, and their answers, in one piece of octets.
///
///     kind, cluster addresses of either family, targets, ports, groups, endpoints of either family,
///     labels; then these themselves, in this order.
///
/// Endpoints are in order of address, and of label where addresses are the same. `labels` is a list of
/// the endpoints that have a label of their own, in the label's order. A group is a set of ports
/// that endpoints have. All numbers are in network order.
struct ServiceRecord: ~Escapable {
    let octets: Span<UInt8>

    @_lifetime(copy octets)
    init(_ octets: Span<UInt8>) { self.octets = octets }

    enum Kind: UInt8 {
        /// Has addresses of its own.
        case clusterIP = 1
        /// Its name leads to its endpoints.
        case headless
        /// Its name stands for another.
        case externalName
        /// Is known, but has no name: there is nothing that it could lead to.
        case nothing
    }

    /// The number of octets before the first list, and where the counts stand in them.
    enum Header {
        static let (kind, cluster4, cluster6, groups) = (0, 1, 2, 4)
        static let (targets, ports, endpoints4, endpoints6, labels) = (8, 12, 16, 20, 24)
        /// Where the ports, the groups and the texts begin.
        static let (portsOffset, groupsOffset, textsOffset) = (28, 32, 36)
        static let length = 40
    }

    /// Address, where the label is among the texts, and the group.
    static let endpoint4Length = 10
    static let endpoint6Length = 22
    /// In the place of a label's offset.
    static let noLabel = UInt32.max
}

extension ServiceRecord {
    var kind: Kind { Kind(rawValue: octets[Header.kind]) ?? .nothing }

    private func count(_ field: Int) -> Int { Int(octets.bigEndian32(at: field)) }

    func clusterCount(_ family: IPFamily) -> Int {
        Int(octets[family.isV4 ? Header.cluster4 : Header.cluster6])
    }

    func endpointCount(_ family: IPFamily) -> Int {
        count(family.isV4 ? Header.endpoints4 : Header.endpoints6)
    }

    /// How many endpoints have a label of their own.
    var labelledCount: Int { count(Header.labels) }

    var groupCount: Int { Int(octets.bigEndian16(at: Header.groups)) }

    /// The octets of a cluster address.
    @_lifetime(copy self)
    func clusterAddress(_ index: Int, _ family: IPFamily) -> Span<UInt8> {
        let start = clusterStart(family) + index * family.octetCount
        return octets.extracting(start..<start + family.octetCount)
    }

    private func clusterStart(_ family: IPFamily) -> Int {
        family.isV4 ? Header.length : Header.length + clusterCount(.v4) * 4
    }

    func endpointsStart(_ family: IPFamily) -> Int {
        let first = clusterStart(.v6) + clusterCount(.v6) * 16
        return family.isV4 ? first : first + endpointCount(.v4) * Self.endpoint4Length
    }

    private var labelsStart: Int {
        endpointsStart(.v6) + endpointCount(.v6) * Self.endpoint6Length
    }

    func endpoint(_ index: Int, _ family: IPFamily) -> Endpoint {
        let length = family.isV4 ? Self.endpoint4Length : Self.endpoint6Length
        return Endpoint(offset: endpointsStart(family) + index * length, family: family)
    }

    /// An endpoint, as where it stands.
    struct Endpoint {
        let offset: Int
        let family: IPFamily
    }

    /// An endpoint that has a label of its own, in the order of labels.
    func labelled(_ index: Int) -> Endpoint {
        let number = Int(octets.bigEndian32(at: labelsStart + index * 4))
        let fours = endpointCount(.v4)
        return number < fours ? endpoint(number, .v4) : endpoint(number - fours, .v6)
    }

    @_lifetime(copy self)
    func address(_ endpoint: Endpoint) -> Span<UInt8> {
        octets.extracting(endpoint.offset..<endpoint.offset + endpoint.family.octetCount)
    }

    func group(_ endpoint: Endpoint) -> Int {
        Int(octets.bigEndian16(at: endpoint.offset + endpoint.family.octetCount + 4))
    }

    func hasLabel(_ endpoint: Endpoint) -> Bool { labelOffset(endpoint) != Self.noLabel }

    private func labelOffset(_ endpoint: Endpoint) -> UInt32 {
        octets.bigEndian32(at: endpoint.offset + endpoint.family.octetCount)
    }

    /// The endpoint's own label, without the length; only for one that has it.
    @_lifetime(copy self)
    func label(_ endpoint: Endpoint) -> Span<UInt8> {
        text(at: count(Header.textsOffset) + Int(labelOffset(endpoint)))
    }

    /// Octets that are preceded by their number.
    @_lifetime(copy self)
    private func text(at offset: Int) -> Span<UInt8> {
        octets.extracting(offset + 1..<offset + 1 + Int(octets[offset]))
    }

    /// What an external name stands for, as it is in messages.
    var externalName: Span<UInt8> {
        @_lifetime(copy self) get {
            let start = count(Header.textsOffset)
            return octets.extracting(start..<octets.count)
        }
    }
}

extension IPFamily {
    @inline(__always)
    var octetCount: Int { isV4 ? 4 : 16 }

    /// A comparison would go through another module's code.
    @inline(__always)
    var isV4: Bool {
        switch self {
        case .v4: true
        case .v6: false
        }
    }
}

extension ServiceRecord {
    /// A port with the name and protocol that names are made of.
    struct Port {
        /// Where it stands.
        let offset: Int
        let transport: TransportProtocol
        let number: UInt16
        let isNamed: Bool
    }

    /// Some ports in a row.
    struct PortList {
        fileprivate(set) var next: Int
        fileprivate(set) var left: Int
    }

    /// The ports of the service itself.
    var servicePorts: PortList {
        PortList(next: count(Header.portsOffset), left: count(Header.ports))
    }

    /// The ports that the endpoints of a group have.
    func ports(ofGroup group: Int) -> PortList {
        let offset = Int(octets.bigEndian32(at: count(Header.groupsOffset) + group * 4))
        return PortList(next: offset + 6, left: Int(octets.bigEndian16(at: offset)))
    }

    /// How many different names the endpoints of a group have.
    func targetCount(ofGroup group: Int) -> Int {
        let offset = Int(octets.bigEndian32(at: count(Header.groupsOffset) + group * 4))
        return Int(octets.bigEndian32(at: offset + 2))
    }

    func next(_ list: inout PortList) -> Port? {
        guard list.left > 0 else { return nil }
        let offset = list.next
        let length = Int(octets[offset + 3])
        list.next = offset + 4 + length
        list.left -= 1
        return Port(
            offset: offset, transport: TransportProtocol(rawValue: octets[offset]) ?? .tcp,
            number: octets.bigEndian16(at: offset + 1), isNamed: length > 0)
    }

    @_lifetime(copy self)
    func name(_ port: Port) -> Span<UInt8> { text(at: port.offset + 3) }
}
