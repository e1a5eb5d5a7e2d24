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

    static func counterChain(of key: ProxyElement.Key) -> String {
        guard case .ticket(let ticket) = key, let number = ticket.rotation else { return "pick" }
        return RotationGroup.chainName(number / RotationGroup.size)
    }
}
