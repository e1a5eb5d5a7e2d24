import Kubernetes
import Network

/// Follows connections through what services mean.
struct Explainer {
    let wanted: WantedServices
    let networks: NodeNetworks
    let settings: ProxySettings
    /// The addresses of the node's links.
    let addresses: Set<IPAddress>

    var table: ProxyTable { settings.table(of: wanted.family) }

    func isLocal(_ address: IPAddress) -> Bool {
        address.isLoopback || addresses.contains(address)
    }
}

extension Explainer {
    /// Which service port a connection is for, and which of its ways in it takes.
    private struct Entry {
        let port: PortMeaning
        let way: Way
        /// Who else asks for the destination.
        var others: [ServicePortName] = []
    }

    enum Way: String {
        case cluster = "the service's own address"
        case loadBalancer = "an address of its load balancer"
        case external = "one of its external addresses"
        case nodePort = "its node port"
    }

    func explain(_ connection: Connection) -> Explanation {
        var explanation = Explanation(connection)
        let services = wanted.all
        if let entry = entry(of: connection, services) {
            let others = entry.others.map(\.description).joined(separator: ", ")
            explanation.say(
                "service port",
                "\(entry.port.name), by \(entry.way.rawValue)"
                    + (others.isEmpty ? "" : "; \(others) would have it too"))
            follow(entry.port, entry.way, &explanation)
        } else {
            missEntry(connection, services, &explanation)
        }
        return explanation
    }

    private func entry(
        of connection: Connection, _ services: [ObjectKey: [PortMeaning]]
    ) -> Entry? {
        let destination = connection.destination
        let node = Destination(nil, connection.transport, connection.port)
        let atNode = servesNodePorts(connection.address)
        var found: Entry?
        var foundNode: Entry?
        for ports in services.keys.sorted().lazy.compactMap({ services[$0] }) {
            for port in ports {
                for candidate in port.destinations {
                    if candidate == destination {
                        Self.take(port, port.way(to: destination.address), &found)
                    } else if atNode, candidate == node {
                        Self.take(port, .nodePort, &foundNode)
                    }
                }
            }
        }
        return found ?? foundNode
    }

    private static func take(_ port: PortMeaning, _ way: Way, _ entry: inout Entry?) {
        if entry == nil {
            entry = Entry(port: port, way: way)
        } else {
            entry?.others.append(port.name)
        }
    }

    private func servesNodePorts(_ address: IPAddress) -> Bool {
        switch table.settings.nodePorts {
        case .listed: networks.nodeAddresses.contains(address)
        case .all: isLocal(address) && !address.isLoopback
        }
    }

    /// Why a connection is for no service port (S64, S65).
    private func missEntry(
        _ connection: Connection, _ services: [ObjectKey: [PortMeaning]],
        _ explanation: inout Explanation
    ) {
        let (address, port) = (connection.address, "\(connection.port)/\(connection.transport)")
        let owner = services.values.joined().first { $0.clusterAddress == address }
        if let owner {
            explanation.say(
                "service port", "none: \(owner.name.service) has no port \(port) at its address")
            explanation.end(.refused)
        } else if networks.serviceNetworks.contains(where: { $0.contains(address) }) {
            explanation.say(
                "service port",
                "none: \(address) is in a network of services' addresses, and no service's")
            explanation.end(.dropped)
        } else {
            explanation.say("service port", "none: " + otherReason(address, port, services))
        }
        explanation.say("end", explanation.outcome.only)
    }

    private func otherReason(
        _ address: IPAddress, _ port: String, _ services: [ObjectKey: [PortMeaning]]
    ) -> String {
        let external = services.values.joined().first {
            ($0.externalAddresses + $0.loadBalancerAddresses).contains(address)
        }
        if let external { return "\(external.name.service) has no port \(port) at \(address)" }
        if servesNodePorts(address) { return "no service has node port \(port)" }
        if isLocal(address) { return "\(address) is the node's, but serves no node ports" }
        return "\(address) is no address of a service, nor of this node"
    }
}

extension PortMeaning {
    fileprivate func way(to address: IPAddress?) -> Explainer.Way {
        if address == clusterAddress { return .cluster }
        return loadBalancerAddresses.contains { $0 == address } ? .loadBalancer : .external
    }
}

extension Outcome {
    /// The words for what always happens.
    var only: String { turns.keys.first?.fate.description ?? "" }
}
