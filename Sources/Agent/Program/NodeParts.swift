import Network
import Platform
import Proxy

/// The parts of an agent that its own thread works on, those that are switched on.
struct NodeParts: ~Copyable {
    var routes: RouteKeeper?
    private var traffic: PodTraffic?
    private var files: NodeFiles?
    /// When to look at the network again because something was refused.
    private(set) var retryTime: MonotonicTime?
    /// What has been told of the ways to other nodes, and still holds.
    private var told: Set<String> = []

    init(_ configuration: AgentConfiguration) throws(AgentError) {
        if configuration.routes.isEnabled {
            routes = try RouteKeeper(RouteSettings(configuration.routes))
        }
        traffic = try PodTraffic(PodTrafficSettings(configuration))
        if configuration.cni.isEnabled { files = NodeFiles(NodeFileSettings(configuration.cni)) }
    }
}

extension NodeParts {
    /// What there is reason to look at.
    enum Reason: Hashable, Sendable {
        /// The cluster's nodes, if they have changed.
        case nodes
        /// Links and routes of the kernel, which somebody may have changed.
        case network
        /// Whether all is as it was made.
        case interval
    }

    /// Makes all parts what the nodes ask for; whether nothing has to be tried again.
    mutating func update(
        _ nodes: ClusterNodes, because reason: Reason, _ report: AgentReporter
    ) -> Bool {
        updateRoutes(nodes, reason, report)
        let isRight = applyRules(nodes, report, verifying: reason == .interval)
        return writeFiles(nodes, report) && isRight
    }

    private mutating func updateRoutes(
        _ nodes: ClusterNodes, _ reason: Reason, _ report: AgentReporter
    ) {
        guard routes != nil else { return }
        let outcome =
            reason == .nodes
            ? routes?.update(nodes, at: .now) : routes?.verify(at: .now)
        retryTime = routes?.retryTime
        report.routes(
            outcome ?? RouteOutcome(), routes?.held ?? [:], isReady: routes?.isReady ?? false,
            told: &told)
    }

    private mutating func applyRules(
        _ nodes: ClusterNodes, _ report: AgentReporter, verifying: Bool
    ) -> Bool {
        let tunnels = routes?.tunnels ?? []
        do throws(AgentError) {
            let changed =
                verifying
                ? try traffic?.verify() : try traffic?.update(nodes, tunnels: tunnels)
            report.rules(changed ?? 0, verifying: verifying)
            return true
        } catch {
            report.failed(.masquerade, error)
            return false
        }
    }

    private mutating func writeFiles(_ nodes: ClusterNodes, _ report: AgentReporter) -> Bool {
        guard files != nil else { return true }
        do throws(AgentError) {
            let isReady = routes?.isReady ?? true
            let outcome = try files?.update(
                own: nodes.own, isReady: isReady, mtu: routes?.podMTU)
            if let outcome { report.files(outcome) }
            return true
        } catch {
            report.failed(.cni, error)
            return false
        }
    }
}

extension PodTrafficSettings {
    init(_ configuration: AgentConfiguration) {
        self.init()
        masquerades = configuration.masquerade.isEnabled
        excluded = configuration.masquerade.exclude
        masqueradeBit = 1 << UInt32(configuration.proxy.configuration.masquerade.bit)
    }
}

extension RouteSettings {
    init(_ routes: AgentConfiguration.Routes) {
        self.init(
            mode: routes.mode, vxlanID: UInt32(routes.vxlanID),
            vxlanPort: Port(rawValue: UInt16(routes.vxlanPort)), mtu: UInt32(routes.mtu))
    }
}

extension NodeFileSettings {
    init(_ cni: AgentConfiguration.CNI) {
        self.init()
        directory = cni.directory
        file = cni.file
        rangeFile = cni.rangeFile
    }
}
