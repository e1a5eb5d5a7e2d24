import NFTables
import Network

/// One port of the node that leads to a port of a pod.
struct HostPort: Hashable, Sendable {
    /// The address of the node; nil for all of the pod's family, 127.0.0.1 among them.
    let address: IPAddress?
    let transport: TransportProtocol
    let port: Port
    let pod: AddressAndPort

    var family: IPFamily { pod.address.family }
}

extension HostPort {
    private var map: PodMap { PodMap(address == nil ? .hostPorts : .addressedPorts, family) }

    private var key: Value {
        let (transport, port) = (Value(transport), Value(port))
        guard let address else { return Value(concatenating: transport, port) }
        return Value(concatenating: Value(address), transport, port)
    }

    /// What sends the port's packets to the pod.
    var translation: PodElement {
        PodElement(
            map, key, .value(Value(concatenating: Value(pod.address), Value(pod.port))))
    }

    /// The element that a translation was, read back.
    init?(_ installed: InstalledElement) {
        guard case .value(let target) = installed.element.data else { return nil }
        var key = ConcatenationReader(installed.element.key)
        var data = ConcatenationReader(target)
        let family = installed.map.family
        switch installed.map.kind {
        case .hostPorts: address = nil
        case .addressedPorts: address = key.address(family)
        case .masquerade, .portClients, .itself: return nil
        }
        guard let transport = TransportProtocol(rawValue: key.byte()),
            let podAddress = data.address(family)
        else { return nil }
        self.transport = transport
        port = key.port()
        pod = AddressAndPort(podAddress, data.port())
    }
}

extension HostPort {
    /// What lets connections through this port be answered, by whom the pod could reach past the
    /// node: those of its subnet, itself, and the node's 127.0.0.1.
    func clients(in subnet: CIDR, masqueradingAll: Bool) -> [PodElement] {
        let key = Value(
            concatenating: Value(pod.address), Value(transport), Value(pod.port), Value(port))
        let chain = masqueradingAll ? PodChain.everyone(family) : .inside(subnet)
        let set = PodMap(kind: .portClients, family: family, chain: chain.name)
        let element = PodElement(set, key, .memberOf(chain))
        guard subnet.isSingleAddress, !masqueradingAll else { return [element] }
        let address = Value(pod.address)
        let itself = Value(concatenating: address, address)
        return [element, PodElement(PodMap(.itself, family), itself)]
    }
}

extension HostPort: CustomStringConvertible {
    var description: String {
        let place = address.map { "\(AddressAndPort($0, port))" } ?? "\(port)"
        return "\(place)/\(transport.lowercaseName)"
    }
}

extension Value {
    fileprivate init(_ transport: TransportProtocol) { self.init(network: transport.rawValue) }
    fileprivate init(_ port: Port) { self.init(network: port.rawValue) }
}

/// Takes a concatenation apart; each part fills whole registers.
private struct ConcatenationReader {
    private let value: Value
    private var offset = 0

    init(_ value: Value) { self.value = value }

    private mutating func part(_ count: Int) -> ArraySlice<UInt8> {
        let bytes = (0..<count).map { offset + $0 < value.count ? value[offset + $0] : 0 }
        offset += (count + Value.registerSize - 1) / Value.registerSize * Value.registerSize
        return bytes[...]
    }

    mutating func byte() -> UInt8 { part(1).first ?? 0 }

    mutating func port() -> Port {
        Port(part(2).reduce(0) { $0 << 8 | UInt16($1) })
    }

    mutating func address(_ family: IPFamily) -> IPAddress? {
        let bytes = part(Int(family.bitWidth) / 8)
        return IPAddress(octets: bytes.span)
    }
}
