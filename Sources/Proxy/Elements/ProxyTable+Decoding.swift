import NFTables
import Netlink
import Network

extension ProxyTable {
    /// What an element of ours means; nil for what we would not write.
    func decode(_ element: borrowing ElementList.Packed, of set: ProxySet) -> ProxyElement? {
        guard let key = decodeKey(element.key, of: set),
            let data = decodeData(of: element, in: set, under: key)
        else { return nil }
        return ProxyElement(set, key, data)
    }

    func decode(_ element: Element, of set: ProxySet) -> ProxyElement? {
        var decoded: ProxyElement?
        ElementList([element]).visit { packed, _ in decoded = decode(packed, of: set) }
        return decoded
    }

    private func decodeKey(_ bytes: Span<UInt8>, of set: ProxySet) -> ProxyElement.Key? {
        switch set {
        case .services: destination(bytes, hasAddress: true).map { .destination($0) }
        case .nodePorts: destination(bytes, hasAddress: false).map { .destination($0) }
        case .nodeAddresses, .clusterAddresses, .serviceNetworks, .podNetworks, .hairpin:
            address(bytes).map { .address($0) }
        default: Ticket(bytes).map { .ticket($0) }
        }
    }

    private func decodeData(
        of element: borrowing ElementList.Packed, in set: ProxySet, under key: ProxyElement.Key
    ) -> ProxyElement.Data? {
        if let value = element.value {
            if set != .endpoints { return Ticket(value).map { .ticket($0) } }
            guard let address = address(value), let port = port(value) else { return nil }
            return .backend(address, port)
        }
        guard let verdict = element.verdict else { return ProxyElement.Data.none }
        let chain = String(decoding: verdict.chain.copied(), as: UTF8.self)
        switch set {
        case .counters where verdict.isGoto:
            return chain == Self.counterChain(of: key) ? .counter : nil
        case .guards where verdict.isJump:
            return Self.guardNumber(ofChain: chain).map { .guard($0) }
        case .affinities where verdict.isJump: return affinity(ofChain: chain)
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

    private var addressLength: Int { Int(family.bitWidth) / 8 }

    /// The address that a value begins with.
    private func address(_ bytes: Span<UInt8>) -> IPAddress? {
        guard bytes.count >= addressLength else { return nil }
        return IPAddress(octets: bytes.extracting(first: addressLength))
    }

    /// The last part of a concatenation fills a whole register; its port comes first in it.
    private func port(_ bytes: Span<UInt8>) -> UInt16? {
        let start = bytes.count - Value.registerSize
        guard start >= 0 else { return nil }
        return UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])
    }

    private func destination(_ bytes: Span<UInt8>, hasAddress: Bool) -> Destination? {
        let start = hasAddress ? addressLength : 0
        guard bytes.count == start + 2 * Value.registerSize,
            let transport = TransportProtocol(rawValue: bytes[start]), let port = port(bytes)
        else { return nil }
        if hasAddress {
            guard let address = address(bytes) else { return nil }
            return Destination(address, transport, port)
        }
        return Destination(nil, transport, port)
    }
}
