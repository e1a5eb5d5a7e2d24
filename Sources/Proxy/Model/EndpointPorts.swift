import Kubernetes
import Network

/// Which port number each slice has for a port of the service, by name and protocol (S10).
struct EndpointPorts {
    private var numbers: [Key: [UInt16]] = [:]

    private struct Key: Hashable {
        let name: String
        let transport: TransportProtocol
    }

    init(of slices: [Shared<EndpointSlice>]) {
        for (index, slice) in slices.enumerated() {
            for port in slice.value.ports {
                guard let number = port.port else { continue }
                let key = Key(name: port.name, transport: port.transport)
                numbers[key, default: Array(repeating: 0, count: slices.count)][index] = number
            }
        }
    }

    /// One for each slice, in their order, and 0 for a slice without the port.
    func numbers(for port: ServicePort) -> [UInt16]? {
        numbers[Key(name: port.name, transport: port.transport)]
    }
}
