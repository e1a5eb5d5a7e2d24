import Netlink
import Network
import Platform
import Synchronization
import TestSupport

@testable import DNS

/// A node between a pod and the endpoint of the cluster's DNS service, all of which answer.
final class NodeLocalLab {
    let node: Host
    let pod: Host
    let endpoint: Host
    private let servers: [Server]

    static let local = ["169.254.20.10", "fd00::a9fe"]
    static let service = ["10.96.0.10", "fd96::a"]

    init(_ lab: Lab) throws {
        node = try lab.host("node")
        pod = try lab.host("pod")
        endpoint = try lab.host("endpoint")
        try lab.connect(
            node, "pod", ["10.1.0.1/24", "fd01::1/64"], pod, "eth0", ["10.1.0.2/24", "fd01::2/64"])
        try lab.connect(
            node, "wire", ["10.2.0.1/24", "fd02::1/64"], endpoint, "eth0",
            ["10.2.0.2/24", "fd02::2/64"])
        for (host, gateways) in [
            (pod, ["10.1.0.1", "fd01::1"]), (endpoint, ["10.2.0.1", "fd02::1"]),
        ] {
            for gateway in gateways { try host.route("default", via: gateway) }
        }
        try node.forward()
        servers = try [node, endpoint].flatMap { host in
            try [TransportProtocol.udp, .tcp].map { try host.serve($0, 53) }
        }
        try node.nft(Self.translation)
    }

    /// What a service proxy does with the service's address.
    private static let translation = """
        table inet proxy {
            chain translate {
                meta l4proto { tcp, udp } th dport 53 ip daddr 10.96.0.10 dnat ip to 10.2.0.2
                meta l4proto { tcp, udp } th dport 53 ip6 daddr fd96::a dnat ip6 to fd02::2
            }
            chain prerouting {
                type nat hook prerouting priority dstnat
                jump translate
            }
            chain output {
                type nat hook output priority -100
                jump translate
            }
        }
        """
}

extension NodeLocalLab {
    static func point(_ address: String) throws -> AddressAndPort {
        AddressAndPort(try IPAddress(validating: address), 53)
    }

    var plan: NodeLocalPlan {
        get throws {
            let names = (Self.local + Self.service).joined(separator: " ")
            return NodeLocalPlan(try corefile(".:53 { bind \(names) }"))
        }
    }

    /// Who answers at the addresses, by both transports; each from the address that was asked.
    func answers(_ addresses: [String], to host: Host) throws -> Set<String> {
        var names: Set<String> = []
        for address in addresses {
            for transport in [TransportProtocol.udp, .tcp] {
                names.insert(try ask(transport, address, from: host))
            }
        }
        return names
    }

    /// Asks as resolvers do: once more when a datagram is lost.
    private func ask(
        _ transport: TransportProtocol, _ address: String, from host: Host
    ) throws -> String {
        let point = try Self.point(address)
        do {
            return try host.ask(transport, point, within: .seconds(5)).server
        } catch let error as PlatformError where error.code == .timedOut {
            return try host.ask(transport, point).server
        }
    }

    /// How many connections to or from port 53 the node tracks.
    var tracked: Int {
        get throws {
            var socket = try ConntrackSocket(in: node.namespace)
            return try socket.connections().count {
                $0.original.destinationPort == 53 || $0.original.sourcePort == 53
            }
        }
    }

    /// What the node has, for comparisons.
    var nodeState: [String] {
        get throws {
            [try node.ip("-o addr"), try node.ip("-o link"), try node.nft("list ruleset")]
        }
    }
}

extension Host {
    func forgetConnections() throws {
        var socket = try ConntrackSocket(in: namespace)
        _ = try socket.delete(ConntrackFilter())
    }
}

/// What a keeper says, in order.
final class KeeperReports: Sendable {
    private let all = Mutex<[NodeLocalReport]>([])

    var list: [NodeLocalReport] { all.withLock(\.self) }

    func add(_ report: NodeLocalReport) { all.withLock { $0.append(report) } }

    func waitFor(_ report: NodeLocalReport) throws {
        let deadline = MonotonicTime.now + .patience
        while !list.contains(report) {
            if MonotonicTime.now > deadline { throw LabError("no \(report) in \(list)") }
            sleep(for: .milliseconds(1))
        }
    }
}
