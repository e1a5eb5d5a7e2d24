import JSON
import Platform

extension Plugin {
    /// Carries out what a runtime asks for and gives the result's text, empty for all but ADD.
    static func carryOut(
        _ invocation: Invocation, as name: PluginName, in network: NetworkConfiguration
    ) throws(CNIError) -> String {
        let command = invocation.command
        guard network.version >= command.since else {
            throw CNIError(
                .incompatibleVersion,
                "\(command.rawValue) does not exist in \(network.version.rawValue)",
                details: "it needs cniVersion \(command.since.rawValue) or later")
        }
        switch command {
        case .add: return try add(invocation, as: name, in: network)
        case .delete: try delete(invocation, as: name, in: network)
        case .check: try check(invocation, as: name, in: network)
        case .collectGarbage: try collectGarbage(as: name, in: network)
        case .status: for part in try name.parts(network) { try part.init(network).status() }
        case .version: break
        }
        return ""
    }
}

extension Plugin {
    private static func add(
        _ invocation: Invocation, as name: PluginName, in network: NetworkConfiguration
    ) throws(CNIError) -> String {
        let pod = try invocation.pod(of: network, as: name)
        var parts: [any PluginPart] = []
        for part in try name.parts(network) { parts.append(try part.init(network)) }
        let given = try name.givenResult(network)

        let namespace = try pod.namespace()
        try invocation.refuseOwnNamespace(namespace)
        // One at a time in a container: a second ADD of the same interface finds the first's.
        try reporting { () throws(PlatformError) in try namespace.lock() }
        defer { extendLifetime(namespace) }
        if name.makesInterface { try pod.refuseExistingInterface(namespace) }
        return try add(parts, to: given, pod, network)
    }

    /// Lets the parts do their work; when one fails, what was made is removed (C24).
    private static func add(
        _ parts: [any PluginPart], to given: NetworkResult, _ pod: PodCall,
        _ network: NetworkConfiguration
    ) throws(CNIError) -> String {
        var result = given
        var begun: [any PluginPart.Type] = []
        do throws(CNIError) {
            for part in parts {
                let type = type(of: part)
                if !type.undoesItself { begun.append(type) }
                try part.add(pod, to: &result)
                if type.undoesItself { begun.append(type) }
            }
            if let dns = try network.ownDNS { result.dns = dns }
            return try result.document(in: network.version).text + "\n"
        } catch {
            throw error.adding(
                failures(of: begun.reversed()) { part throws(CNIError) in
                    try part.remove(pod, network)
                })
        }
    }

    private static func delete(
        _ invocation: Invocation, as name: PluginName, in network: NetworkConfiguration
    ) throws(CNIError) {
        let pod = try invocation.pod(of: network, as: name)
        if let namespace = pod.remainingNamespace() {
            try invocation.refuseOwnNamespace(namespace)
        }
        let parts = name.removableParts(network).reversed()
        let failures = failures(of: parts) { part throws(CNIError) in try part.remove(pod, network)
        }
        if let first = failures.first { throw first.adding(Array(failures.dropFirst())) }
    }

    private static func check(
        _ invocation: Invocation, as name: PluginName, in network: NetworkConfiguration
    ) throws(CNIError) {
        let pod = try invocation.pod(of: network, as: name)
        guard let result = try network.previousResult else {
            throw network.settings["prevResult"].wrong("CHECK needs the result of ADD")
        }
        try invocation.refuseOwnNamespace(try pod.namespace())
        for part in try name.parts(network) { try part.init(network).check(pod, result) }
    }

    private static func collectGarbage(
        as name: PluginName, in network: NetworkConfiguration
    ) throws(CNIError) {
        let valid = try network.validAttachments
        let parts = name.removableParts(network).reversed()
        let failures = failures(of: parts) { part throws(CNIError) in
            try part.collectGarbage(of: network, keeping: valid)
        }
        if let first = failures.first { throw first.adding(Array(failures.dropFirst())) }
    }

    /// Goes on after a failure: what one part cannot remove must not keep the others from it.
    private static func failures(
        of parts: some Sequence<any PluginPart.Type>,
        _ action: (any PluginPart.Type) throws(CNIError) -> Void
    ) -> [CNIError] {
        var failures: [CNIError] = []
        for part in parts {
            do throws(CNIError) { try action(part) } catch { failures.append(error) }
        }
        return failures
    }
}

extension CNIError {
    /// The same failure, and what else failed on the way out.
    fileprivate func adding(_ others: [CNIError]) -> CNIError {
        if others.isEmpty { return self }
        let more = others.map { "also failed: \($0)" }
        let parts = details.isEmpty ? more : [details] + more
        return CNIError(code, message, details: parts.joined(separator: "; "))
    }
}

extension PluginName {
    /// What ADD starts from: chained plugins work on the result of those before them (C23).
    fileprivate func givenResult(_ network: NetworkConfiguration) throws(CNIError) -> NetworkResult
    {
        guard isChained || self == .loopback else { return NetworkResult() }
        if let result = try network.previousResult { return result }
        guard isChained else { return NetworkResult() }
        throw network.settings["prevResult"].wrong(
            "\(rawValue) must be chained after a plugin that makes the interface")
    }
}
