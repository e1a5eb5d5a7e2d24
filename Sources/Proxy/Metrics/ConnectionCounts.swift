package import Kubernetes
package import NFTables
import Network
package import Support

/// How many connections each address of each service has had, as the kernel counts them.
///
/// It reads on the thread that asks, in that thread's network namespace, and keeps nothing: whoever
/// changes the tables does not notice.
package struct ConnectionCounts: Sendable {
    private let settings: ProxySettings

    /// Nil where connections are not counted.
    package init?(_ settings: ProxySettings) {
        guard settings.table.counts else { return nil }
        self.settings = settings
    }
}

extension ConnectionCounts {
    package static let metric = "weft_proxy_service_connections_total"

    /// What the kernel has counted, by the owners that destinations have in a snapshot.
    package func family(for snapshot: Snapshot) throws(NFTablesError) -> MetricFamily {
        var metric = MetricFamily(
            Self.metric, .counter,
            help: "Connections to an address of a service, or to a port of the node.")
        var kernel = try KernelRuleset()
        for family in settings.families {
            let table = settings.table(of: family)
            let counts = try Self.read(table, from: &kernel)
            let owners = DestinationOwners(snapshot, table.family, settings, counts)
            for count in counts {
                guard let name = owners[count] else { continue }
                metric.add(name.labels(for: count.destination, family), Double(count.connections))
            }
        }
        return metric
    }

    /// What was counted at one destination.
    struct Count {
        let destination: Destination
        let ticket: Ticket
        let connections: UInt64
    }

    private static func read(
        _ table: ProxyTable, from kernel: inout KernelRuleset
    ) throws(NFTablesError) -> [Count] {
        var counts = [Count]()
        for set in [ProxySet.services, .nodePorts] {
            let definition = table.definition(set)
            for list in try kernel.elementLists(of: definition) {
                for element in list {
                    guard let count = Count(element, table.decode(element, of: set)) else {
                        continue
                    }
                    counts.append(count)
                }
            }
        }
        return counts
    }
}

extension ConnectionCounts.Count {
    fileprivate init?(_ element: Element, _ meaning: ProxyElement?) {
        guard case .destination(let destination) = meaning?.key,
            case .ticket(let ticket) = meaning?.data,
            case .counter(let counter) = element.expressions.first
        else { return nil }
        self.init(destination: destination, ticket: ticket, connections: counter.packets)
    }
}

/// Whose destinations are, by what services say of themselves; endpoints do not matter.
private struct DestinationOwners {
    private var claimants: [Destination: [ServicePortName]] = [:]
    /// The ports' numbers by their services' own addresses, which nobody else can have.
    private var names: [UInt32: ServicePortName] = [:]

    init(
        _ snapshot: Snapshot, _ family: IPFamily, _ settings: ProxySettings,
        _ counts: [ConnectionCounts.Count]
    ) {
        var own = [Destination: ServicePortName]()
        for (_, service) in snapshot.services {
            let meaning = ServiceMeaning(
                of: service.value, slices: [], on: NodeView(name: settings.nodeName),
                family: family, settings: settings.model)
            for port in meaning.ports {
                own[port.destinations[0]] = port.name
                for destination in port.destinations {
                    claimants[destination, default: []].append(port.name)
                }
            }
        }
        for count in counts {
            if let number = count.ticket.port {
                names[number] = own[count.destination] ?? names[number]
            }
        }
    }

    /// The port that its ticket names, if that one claims it, too.
    subscript(count: ConnectionCounts.Count) -> ServicePortName? {
        let claimants = claimants[count.destination] ?? []
        if claimants.count == 1 { return claimants[0] }
        return count.ticket.port.flatMap { names[$0] }.flatMap { claimants.contains($0) ? $0 : nil }
    }
}

extension ServicePortName {
    fileprivate func labels(
        for destination: Destination, _ family: IPFamily
    ) -> KeyValuePairs<String, String> {
        let place = destination.address.map {
            AddressAndPort($0, Port(destination.port)).description
        }
        return [
            "ip_family": family.description, "namespace": service.namespace,
            "service": service.name, "port": port, "protocol": transport.description,
            "destination": place ?? "node:\(destination.port)",
        ]
    }
}
