import NFTables
import Network

extension ProxyTable {
    /// A map's answer in words: "services: 10.96.0.1:80/TCP → port 3 (external)".
    func words(_ set: ProxySet, _ key: Value, _ data: Element.Data) -> String {
        guard set != .affinity else {
            guard case .value(let value) = data, let slot = Ticket(value.bytes) else {
                return "affinity"
            }
            return "affinity: the client → \(slot)"
        }
        guard let element = decode(Element(key, data), of: set) else {
            return "\(set.rawValue): \(Element(key, data))"
        }
        return "\(set.rawValue): \(element.key) → \(element.data)"
    }
}

extension Ticket: CustomStringConvertible {
    package var description: String {
        if let place { return "place \(place)" }
        if let rotation { return "rotation \(rotation)" }
        guard let port else { return "priority \(rawValue)" }
        let words = Self.flagWords.filter { flags.contains($0.0) }.map(\.1)
        return "port \(port)" + (words.isEmpty ? "" : " (\(words.joined(separator: ", ")))")
    }

    private static let flagWords: [(Flags, String)] = [
        (.local, "local"), (.external, "external"), (.guarded, "guarded"), (.affine, "affine"),
        (.refused, "refused"),
    ]
}

extension ProxyElement.Key: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ticket(let ticket): "\(ticket)"
        case .address(let address): "\(address)"
        case .destination(let destination): "\(destination)"
        }
    }
}

extension ProxyElement.Data: CustomStringConvertible {
    package var description: String {
        switch self {
        case .none: "nothing"
        case .ticket(let ticket): "\(ticket)"
        case .backend(let address, let port): "\(BackendEndpoint(address: address, port: port))"
        case .counter: "the chain of its group"
        case .guard(let number): "chain \(ProxyTable.guardChain(number))"
        case .affinity(let seconds, let route):
            "chain \(ProxyTable.affinityChain(seconds, route))"
        }
    }
}
