import CNI
import JSON
import Kubernetes
import NFTables
import Netlink
import Network
import Platform

/// What is known of a machine, as its parts say; what it means is for checks to judge.
package struct MachineFacts: Sendable {
    var configuration = AgentConfiguration()
    /// What could not be looked at, and why.
    var blind: [String] = []

    var missingFeatures: [MissingFeature] = []
    /// Kernel settings by their names; those that this kernel has.
    var settings: [String: String] = [:]
    var isClockSynchronized = true
    var time = WallTime.now

    var links: [Link] = []
    var addresses: [InterfaceAddress] = []
    /// Of the main table.
    var routes: [Route] = []
    /// All chains of a table.
    var chains: [TableName: [Chain]] = [:]
    /// Tables of iptables' own mechanism, which nftables does not show.
    var legacyTables: [String] = []

    var configurations: [PluginConfiguration] = []
    /// The plugins that configurations name.
    var plugins: [String: PluginProgram] = [:]
    var rangeFile = RangeFileState.missing

    var leaseDefects: [LeaseDefect] = []
    /// By network, the attachments that have leases, as aliases of links name them.
    var leased: [String: Set<String>] = [:]

    var agent = AgentSaying.silent("")
    var access = ServerAccess.unasked
    /// What waits for datagrams or connections at a port for DNS.
    var nameServers: [AddressAndPort] = []

    package init() {}
}

struct MissingFeature: Hashable, Sendable {
    let text: String
    let remedy: String
}

enum PluginProgram: Hashable, Sendable {
    case executable
    case notExecutable
    case missing
}

enum RangeFileState: Hashable, Sendable {
    case missing
    case foreign
    case written(RangeDocument)

    var document: RangeDocument? {
        if case .written(let document) = self { document } else { nil }
    }
}

enum AgentSaying: Hashable, Sendable {
    case silent(String)
    case status(JSONValue)
}

/// What came of asking for objects.
enum ServerAccess: Hashable, Sendable {
    case unasked
    case failed(String)
    /// HTTP's numbers for kinds that were refused.
    case answered(refused: [Kind: Int])
}
