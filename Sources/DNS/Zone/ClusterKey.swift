import Network

/// Where the index of a cluster keeps what it knows.
///
/// A service stands at its two labels as they are in a name, and so begins with a length of 1 to 63;
/// all other keys begin with an octet that no name begins with.
struct ClusterKey: Sendable {
    /// The kind, at most a label and an address with its family.
    private var content: [96 of UInt8] = .init(repeating: 0)
    private var length = 0

    private enum Kind: UInt8 {
        case namespace = 0x80
        case address
        case reverse4
        case reverse6
        case pod
    }

    var octets: Span<UInt8> {
        @_lifetime(borrow self) get { content.span.extracting(first: length) }
    }

    private init(_ kind: Kind) { append(kind.rawValue) }

    private mutating func append(_ octet: UInt8) {
        content[length] = octet
        length += 1
    }

    private mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address): for index in 0..<4 { append(address.octets[index]) }
        case .v6(let address):
            let octets = address.octets
            for index in 0..<16 { append(octets[index]) }
        }
    }

    private mutating func append(_ label: Span<UInt8>) {
        for index in label.indices { append(label[index]) }
    }
}

extension ClusterKey {
    /// A namespace, by its label without the length.
    static func namespace(_ label: Span<UInt8>) -> ClusterKey {
        var key = ClusterKey(.namespace)
        key.append(label)
        return key
    }

    /// What is at an address.
    static func address(_ address: IPAddress) -> ClusterKey {
        var key = ClusterKey(.address)
        key.append(address)
        return key
    }

    /// A pod of a namespace, by an address.
    static func pod(_ address: IPAddress, _ namespace: Span<UInt8>) -> ClusterKey {
        var key = ClusterKey(.pod)
        key.append(address)
        key.append(namespace)
        return key
    }

    /// The first steps of an address's reverse name: see `ReversePath`.
    static func reverse(_ address: IPAddress, steps: Int) -> ClusterKey {
        var key = ClusterKey(address.family == .v4 ? .reverse4 : .reverse6)
        for step in 0..<steps {
            let part = ReversePath.part(step, of: address)
            if address.family == .v6 { key.append(UInt8(part >> 8)) }
            key.append(UInt8(truncatingIfNeeded: part))
        }
        return key
    }
}
