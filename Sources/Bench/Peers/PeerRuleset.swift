package import Network
import Platform
package import Topology

/// Rules of a peer for one family on one node, and the program that loads them.
package struct PeerRuleset: Sendable {
    package let program: String
    package let arguments: [String]
    package let text: [UInt8]

    /// The rules for a set of services, in the shape that a program writes; nil if it is no peer.
    package init?(_ peer: PathProgram, _ services: ServiceSet, _ family: IPFamily, node: Int) {
        switch peer {
        case .none, .weft, .realNFTables, .realIPTables: return nil
        case .kubeProxyNFTables:
            let table = KubeProxyTable(services, family, node: ServiceSet.node(node))
            self.init(peer, family, table.text)
        case .kubeProxyIPTables, .kubeProxyLegacy:
            self.init(peer, family, KubeProxyChains(services, family).text)
        }
    }

    /// What a program writes when the endpoints of one service have changed; nil if it is no peer.
    package init?(
        changing entry: ServiceEntry, _ peer: PathProgram, _ services: ServiceSet,
        _ family: IPFamily
    ) {
        switch peer {
        case .none, .weft, .realNFTables, .realIPTables: return nil
        case .kubeProxyNFTables:
            let table = KubeProxyTable(services, family, node: ServiceSet.node(1))
            self.init(peer, family, table.change(of: entry))
        case .kubeProxyIPTables, .kubeProxyLegacy:
            self.init(peer, family, KubeProxyChains(services, family).change(of: entry))
        }
    }

    private init(_ peer: PathProgram, _ family: IPFamily, _ text: String) {
        if peer == .kubeProxyNFTables {
            self.init("nft", ["-f", "-"], text)
        } else {
            let variant = peer == .kubeProxyLegacy ? "legacy" : "nft"
            let prefix = family == .v4 ? "iptables" : "ip6tables"
            self.init(
                "\(prefix)-\(variant)-restore", ["-w", "5", "--noflush", "--counters"], text)
        }
    }

    private init(_ program: String, _ arguments: [String], _ text: String) {
        self.program = program
        self.arguments = arguments
        self.text = Array(text.utf8)
    }
}

extension PeerRuleset {
    /// Loads the rules, and tells how long that takes.
    @discardableResult
    package func load(on host: Host) throws(BenchError) -> Duration {
        let program = Program(
            program, arguments, environment: Daemon.environment, input: text, limit: Self.limit)
        let begin = MonotonicTime.now
        let outcome = try BenchError.of(.program, "load the rules of a peer") {
            try host.run(program)
        }
        guard outcome.status.isSuccess else {
            let words = String(decoding: outcome.errors.prefix(Self.quoted), as: UTF8.self)
            throw BenchError(.program, "load rules by \(program)", "\(outcome.status): \(words)")
        }
        return .now - begin
    }

    /// For the largest sets, on a machine that does other things as well.
    private static let limit = Duration.seconds(900)
    private static let quoted = 1000
}

extension PathProgram {
    /// Why a program cannot be measured here; nil if it can.
    package func absence(on host: Host, _ peers: PeerPaths = PeerPaths()) -> String? {
        guard isShape || mode != nil else { return nil }
        let services = ServiceSet(1, endpoints: 1, families: [.v4])
        do throws(BenchError) {
            _ = try ProgrammedNodes(self, services, [host], peers)
            return nil
        } catch {
            return error.cause
        }
    }
}
