import Platform

/// The two suites of plugins, and the configurations by which both do the same.
struct PluginSuites: Sendable {
    /// Where our binary stands under each name that it is called by.
    private let ours: String
    /// Where the reference plugins are; nil without them.
    let reference: String?
    /// Where leases are kept.
    let leases: String

    /// Links to our binary, as `make install` places them.
    init(weft program: String, reference: String?, in directory: String) throws(BenchError) {
        ours = "\(directory)/plugins"
        leases = "\(directory)/leases"
        self.reference = reference
        guard (try? File.status(program)) != nil else {
            throw BenchError(
                .program, "measure weft-cni",
                "there is no \(program): build or install it, or say --plugins DIR")
        }
        try BenchError.of(.file, "link plugins") {
            try Directory.create(ours)
            for name in Self.names { try File.link("\(ours)/\(name)", to: program) }
        }
    }

    private static let names = ["weft-cni", "weft-ipam", "bridge", "host-local"]

    /// Those that are needed of the reference.
    static let referencePlugins = ["bridge", "host-local", "portmap", "bandwidth"]
}

extension PluginSuites {
    /// What is done for a pod.
    enum Work: String, Sendable, CaseIterable {
        /// Its addresses alone.
        case addresses
        /// A port of a bridge, and addresses.
        case bridge
        /// The same with masquerading and a host port.
        case ports
        /// The same with limits of bandwidth.
        case full
        /// A link of its own, without a bridge; IPv4, or both families.
        case routed, dual
    }

    func weft(_ work: Work, _ network: String) -> PluginChain {
        PluginChain(plugins: [
            PluginChain.Plugin("\(ours)/\(work.program)") { pod in
                [head(network, work), ownKeys(work), addresses(work)].joined(separator: ",")
                    + work.runtime(pod)
            }
        ])
    }

    /// Nil if the reference has nothing like it, or is not installed.
    func reference(_ work: Work, _ network: String) -> PluginChain? {
        guard let reference else { return nil }
        let head = head(network, work)
        switch work {
        case .addresses, .bridge, .ports, .full:
            let program = work == .addresses ? "host-local" : "bridge"
            let first = PluginChain.Plugin("\(reference)/\(program)") { _ in
                [head, bridgeKeys(work), addresses(work)].joined(separator: ",")
            }
            let others = work.further.map { name in
                PluginChain.Plugin("\(reference)/\(name)") { pod in
                    #"\#(head),"type":"\#(name)""# + work.runtime(pod)
                }
            }
            return PluginChain(plugins: [first] + others)
        case .routed, .dual: return nil
        }
    }

    /// In the newest version that both suites know, or we alone.
    private func head(_ network: String, _ work: Work) -> String {
        let version = work == .routed || work == .dual ? "1.1.0" : "1.0.0"
        return #""cniVersion":"\#(version)","name":"\#(network)""#
    }

    private func ownKeys(_ work: Work) -> String {
        switch work {
        case .addresses, .bridge: bridgeKeys(work)
        case .ports, .full:
            #""type":"weft-cni","mode":"bridge","ipMasq":true,"# + Self.bridge
        case .routed, .dual: #""type":"weft-cni""#
        }
    }

    private func bridgeKeys(_ work: Work) -> String {
        let masquerades = work == .ports || work == .full
        return #""type":"bridge","ipMasq":\#(masquerades),"# + Self.bridge
    }

    private static let bridge = #""bridge":"bench0","isDefaultGateway":true"#

    private func addresses(_ work: Work) -> String {
        let second = work == .dual ? #",[{"subnet":"fd00:66::/64"}]"# : ""
        return #""ipam":{"type":"host-local","dataDir":"\#(leases)","#
            + #""ranges":[[{"subnet":"\#(LeaseFiller.network)"}]\#(second)]}"#
    }
}

extension PluginSuites.Work {
    fileprivate var program: String {
        switch self {
        case .addresses: "host-local"
        case .bridge: "bridge"
        case .ports, .full, .routed, .dual: "weft-cni"
        }
    }

    /// What the reference calls after the bridge.
    fileprivate var further: [String] {
        switch self {
        case .ports: ["portmap"]
        case .full: ["portmap", "bandwidth"]
        case .addresses, .bridge, .routed, .dual: []
        }
    }

    /// What a runtime tells plugins of one pod.
    fileprivate func runtime(_ pod: Int) -> String {
        guard self == .ports || self == .full else { return "" }
        // Host ports below those that the kernel chooses itself.
        let port = 10_000 + pod % 20_000
        let mapping = #"{"hostPort":\#(port),"containerPort":80,"protocol":"tcp"}"#
        // A hundred Mbit/s each way.
        let limits =
            #""ingressRate":100000000,"ingressBurst":10000000,"egressRate":100000000,"#
            + #""egressBurst":10000000"#
        let bandwidth = self == .full ? #","bandwidth":{\#(limits)}"# : ""
        return #","runtimeConfig":{"portMappings":[\#(mapping)]\#(bandwidth)}"#
    }
}
