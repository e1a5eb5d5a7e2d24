import NFTables
import Network

extension ProxyTable {
    /// The element as nftables has it.
    func encode(_ element: ProxyElement) -> Element {
        Element(encode(element.key, of: element.set), encode(element.data, under: element.key))
    }

    private func encode(_ key: ProxyElement.Key, of set: ProxySet) -> Value {
        switch key {
        case .ticket(let ticket): return ticket.value
        case .address(let address):
            let value = Value(address)
            return set == .hairpin ? Value(concatenating: value, value) : value
        case .destination(let destination):
            let transport = Value([destination.transport.rawValue])
            let port = Value(network: destination.port)
            guard let address = destination.address else {
                return Value(concatenating: transport, port)
            }
            return Value(concatenating: Value(address), transport, port)
        }
    }

    private func encode(_ data: ProxyElement.Data, under key: ProxyElement.Key) -> Element.Data? {
        switch data {
        case .none: nil
        case .ticket(let ticket): .value(ticket.value)
        case .backend(let address, let port):
            .value(Value(concatenating: Value(address), Value(network: port)))
        case .counter: .verdict(.goto(Self.counterChain(of: key)))
        case .guard(let number): .verdict(.jump(Self.guardChain(number)))
        case .affinity(let seconds, let route):
            .verdict(.jump(Self.affinityChain(seconds, route)))
        }
    }

    private static func counterChain(of key: ProxyElement.Key) -> String {
        guard case .ticket(let ticket) = key, let number = ticket.rotation else { return "pick" }
        return RotationGroup.chainName(number / RotationGroup.size)
    }
}

extension ProxyTable {
    /// What an element of ours means; nil for what we would not write.
    func decode(_ element: Element, of set: ProxySet) -> ProxyElement? {
        guard let key = decodeKey(element.key, of: set),
            let data = decode(element.data, of: set, under: key)
        else { return nil }
        return ProxyElement(set, key, data)
    }

    private func decodeKey(_ value: Value, of set: ProxySet) -> ProxyElement.Key? {
        switch set {
        case .services: destination(value, hasAddress: true).map { .destination($0) }
        case .nodePorts: destination(value, hasAddress: false).map { .destination($0) }
        case .nodeAddresses, .clusterAddresses, .serviceNetworks, .podNetworks, .hairpin:
            address(value, at: 0).map { .address($0) }
        default: Ticket(value).map { .ticket($0) }
        }
    }

    private func decode(
        _ data: Element.Data?, of set: ProxySet, under key: ProxyElement.Key
    ) -> ProxyElement.Data? {
        switch (set, data) {
        case (_, nil): return ProxyElement.Data.none
        case (.endpoints, .value(let value)?):
            guard let address = address(value, at: 0), let port = port(value) else { return nil }
            return .backend(address, port)
        case (_, .value(let value)?): return Ticket(value).map { .ticket($0) }
        case (.counters, .verdict(.goto(let chain))?):
            return chain == Self.counterChain(of: key) ? .counter : nil
        case (.guards, .verdict(.jump(let chain))?):
            return Self.guardNumber(ofChain: chain).map { .guard($0) }
        case (.affinities, .verdict(.jump(let chain))?): return affinity(ofChain: chain)
        default: return nil
        }
    }

    private func affinity(ofChain name: String) -> ProxyElement.Data? {
        guard let number = name.split(separator: "-").last, let seconds = UInt32(number) else {
            return nil
        }
        let routes: [PortMeaning.Route] = [.cluster, .local]
        return routes.first { Self.affinityChain(seconds, $0) == name }.map {
            .affinity(seconds: seconds, $0)
        }
    }

    private func address(_ value: Value, at offset: Int) -> IPAddress? {
        let length = Int(family.bitWidth) / 8
        guard value.count >= offset + length else { return nil }
        return IPAddress(octets: value.bytes.extracting(offset..<offset + length))
    }

    /// The last part of a concatenation fills a whole register; its port comes first in it.
    private func port(_ value: Value) -> UInt16? {
        let start = value.count - Value.registerSize
        guard start >= 0 else { return nil }
        return UInt16(value[start]) << 8 | UInt16(value[start + 1])
    }

    private func destination(_ value: Value, hasAddress: Bool) -> Destination? {
        let start = hasAddress ? Int(family.bitWidth) / 8 : 0
        guard value.count == start + 2 * Value.registerSize,
            let transport = TransportProtocol(rawValue: value[start]), let port = port(value)
        else { return nil }
        if hasAddress {
            guard let address = address(value, at: 0) else { return nil }
            return Destination(address, transport, port)
        }
        return Destination(nil, transport, port)
    }
}
