import Netlink
import Network

/// The connections that the kernel tracks through host ports.
///
/// Only a connection's first packet is looked up in the table. TCP ends connections; clients of
/// UDP and SCTP may go on from the same port for ever, so what is tracked must be forgotten when
/// it no longer is what the table says.
enum HostPortFlows {
    /// Forgets the connections to host ports that do not lead where the ports lead now.
    static func forgetStale(_ ports: [HostPort]) throws(CNIError) {
        try forget(ports) { flow, ports in
            let applying = ports.first { $0.address != nil } ?? ports.first
            return applying.map { !flow.leads(to: $0.pod) } ?? false
        }
    }

    /// Forgets the connections that lead where removed host ports led.
    static func forget(_ ports: [HostPort]) throws(CNIError) {
        try forget(ports) { flow, ports in ports.contains { flow.leads(to: $0.pod) } }
    }

    /// Forgets those connections to any of the ports that are meant.
    private static func forget(
        _ ports: [HostPort], where isMeant: (ConntrackEntry, [HostPort]) -> Bool
    ) throws(CNIError) {
        let ports = ports.filter { $0.transport != .tcp }
        let groups = Dictionary(grouping: ports) { FlowKind($0.family, $0.transport) }
        guard !groups.isEmpty else { return }
        do throws(NetlinkError) {
            var socket = try ConntrackSocket()
            var node = try NodeAddresses()
            for (kind, ports) in groups {
                var meant: [ConntrackEntry] = []
                let byNumber = Dictionary(grouping: ports, by: \.port)
                for flow in try socket.connections(kind.filter(Set(byNumber.keys))) {
                    guard let port = flow.original.destinationPort,
                        let concerned = byNumber[port]?.filter(flow.isAddressed)
                    else { continue }
                    guard !concerned.isEmpty, isMeant(flow, concerned) else { continue }
                    if try node.contains(flow.original.destination) { meant.append(flow) }
                }
                _ = try socket.delete(meant)
            }
        } catch {
            throw CNIError(error)
        }
    }
}

/// What the kernel lists at once.
private struct FlowKind: Hashable {
    let family: IPFamily
    let transport: TransportProtocol

    init(_ family: IPFamily, _ transport: TransportProtocol) {
        self.family = family
        self.transport = transport
    }

    /// The kernel compares one port; of several it lists all connections.
    func filter(_ ports: Set<Port>) -> ConntrackFilter {
        ConntrackFilter(
            family,
            original: .init(
                IPProtocol(transport), destinationPort: ports.count == 1 ? ports.first : nil))
    }
}

extension ConntrackEntry {
    /// Whether its first packet went to the address that a host port is on.
    fileprivate func isAddressed(to port: HostPort) -> Bool {
        port.address.map { $0 == original.destination } ?? true
    }

    fileprivate func leads(to pod: AddressAndPort) -> Bool {
        reply.source == pod.address && reply.sourcePort == pod.port
    }
}

/// Tells the node's own addresses from others, as the kernel does.
private struct NodeAddresses: ~Copyable {
    private var socket: RouteSocket
    private var known: [IPAddress: Bool] = [:]

    init() throws(NetlinkError) { socket = try RouteSocket() }

    mutating func contains(_ address: IPAddress) throws(NetlinkError) -> Bool {
        if let answer = known[address] { return answer }
        let answer: Bool
        do throws(NetlinkError) {
            answer = try socket.find(.route(to: address))?.type == .local
        } catch  where error.errno != nil {
            // Unreachable, prohibited, a black hole: not this node.
            answer = false
        }
        known[address] = answer
        return answer
    }
}
