import DNS
import Kubernetes
import Network

/// The records of one service, as the DNS specification of Kubernetes says.
///
/// Written apart from the server that is measured, so that its answers have something to be
/// compared with.
struct ServiceRecords {
    private let service: Service
    private let endpoints: [ReadyEndpoint]
    private let owner: String

    init(_ service: Service, _ slices: [EndpointSlice]) {
        self.service = service
        owner = service.zoneName
        var seen: Set<String> = []
        endpoints = slices.flatMap(ReadyEndpoint.all).filter {
            seen.insert("\($0.label) \($0.address)").inserted
        }
    }

    /// Those of the service's name and of names below it.
    var forward: [NameRecord] {
        if service.spec.type == .externalName { return alias }
        let ofEndpoints = endpoints.map { NameRecord("\($0.label).\(owner)", $0.address) }
        return addresses.map { NameRecord(owner, $0) } + ofEndpoints + ports
    }

    private var addresses: [IPAddress] {
        service.spec.isHeadless ? endpoints.map(\.address) : service.spec.clusterAddresses
    }

    private var alias: [NameRecord] {
        let name = service.spec.externalName
        return [NameRecord(owner, .cname, name.hasSuffix(".") ? name : "\(name).")]
    }

    /// Reverse names of the service's own addresses, and those of its endpoints.
    var backward: (service: [NameRecord], endpoints: [NameRecord]) {
        let own = service.spec.clusterAddresses.map { Self.reverse($0, owner) }
        return (own, endpoints.map { Self.reverse($0.address, "\($0.label).\(owner)") })
    }

    private static func reverse(_ address: IPAddress, _ name: String) -> NameRecord {
        NameRecord("\(DomainName(reversing: address))", .ptr, name)
    }
}

extension ServiceRecords {
    /// SRV of each named port, and of all ports at the service's own name.
    private var ports: [NameRecord] {
        var (names, targets) = ([String](), [String: [String]]())
        for (target, port) in places {
            let label = "_\(port.name)._\("\(port.transport)".lowercased())"
            for name in port.name.isEmpty ? [owner] : [owner, "\(label).\(owner)"] {
                if targets[name] == nil { names.append(name) }
                targets[name, default: []].append("\(port.port) \(target)")
            }
        }
        return names.flatMap { name in Self.records(name, targets[name] ?? []) }
    }

    /// Each address counts for the weight, though a target with two has one record.
    private static func records(_ owner: String, _ targets: [String]) -> [NameRecord] {
        var seen: Set<String> = []
        let weight = max(100 / targets.count, 1)
        return targets.filter { seen.insert($0).inserted }.map {
            NameRecord(owner, .srv, "0 \(weight) \($0)")
        }
    }

    private typealias NamedPort = (name: String, transport: TransportProtocol, port: UInt16)

    /// What each address of the service or its endpoints leads to.
    private var places: [(target: String, port: NamedPort)] {
        if service.spec.isHeadless {
            return endpoints.flatMap { endpoint in
                endpoint.ports.map {
                    ("\(endpoint.label).\(owner)", ($0.name, $0.transport, $0.port ?? 0))
                }
            }
        }
        return service.spec.clusterAddresses.flatMap { _ in
            service.spec.ports.map { (owner, ($0.name, $0.transport, $0.port)) }
        }
    }
}

extension Service {
    /// Its own name in the cluster's zone.
    var zoneName: String { "\(metadata.name).\(metadata.namespace).svc.\(ClusterZone.name)" }
}

/// One ready address of a service, with the label it is known by and the ports it has.
private struct ReadyEndpoint {
    let address: IPAddress
    let label: String
    let ports: [EndpointPort]

    static func all(of slice: EndpointSlice) -> [ReadyEndpoint] {
        slice.endpoints.filter(\.conditions.isReady).flatMap { endpoint in
            endpoint.addresses.map { address in
                let dashed = "\(address)".map { $0 == "." || $0 == ":" ? "-" : $0 }
                let label = endpoint.hostname.isEmpty ? String(dashed) : endpoint.hostname
                return ReadyEndpoint(address: address, label: label, ports: slice.ports)
            }
        }
    }
}
