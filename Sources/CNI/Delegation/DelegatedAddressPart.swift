import JSON

/// Addresses that a plugin of another suite gives out.
struct DelegatedAddressPart: PluginPart {
    private let delegate: Delegate
    private let network: NetworkConfiguration

    init(_ configuration: NetworkConfiguration) throws(CNIError) {
        network = configuration
        delegate = try Self.delegate(configuration)
    }

    private static func delegate(_ network: NetworkConfiguration) throws(CNIError) -> Delegate {
        let type = try network.settings.section("ipam")["type"]
        guard let name = try type.string() else {
            throw type.wrong("must name the plugin that gives out addresses")
        }
        return try Delegate(name, in: network.searchPath)
    }

    func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        let document = try delegate.call(.add, network) ?? .null
        let answer = try NetworkResult(
            document, in: network.version, at: "the answer of \(delegate.name)")
        guard !answer.addresses.isEmpty else {
            throw CNIError(
                .delegateFailed, "the plugin \(delegate.name) gave no address",
                details: "leave ipam out of the configuration if none is wanted")
        }
        result.addresses = answer.addresses
        result.routes = answer.routes
        result.dns = answer.dns
    }

    func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        try delegate.call(.check, network)
    }

    /// The command is as new as ours: a plugin that does not know it cannot say no (C29).
    func status() throws(CNIError) {
        do throws(CNIError) {
            try delegate.call(.status, network)
        } catch  where error.isUnknownCommand {
            return
        }
    }

    static func remove(_ pod: PodCall, _ configuration: NetworkConfiguration) throws(CNIError) {
        try delegate(configuration).call(.delete, configuration)
    }

    static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        do throws(CNIError) {
            try delegate(configuration).call(.collectGarbage, configuration)
        } catch  where error.isUnknownCommand {
            return
        }
    }
}

extension CNIError {
    /// What plugins built before a command existed answer to it: a bad variable, or a version
    /// they do not know.
    fileprivate var isUnknownCommand: Bool {
        code == .invalidEnvironment || code == .incompatibleVersion
    }
}
