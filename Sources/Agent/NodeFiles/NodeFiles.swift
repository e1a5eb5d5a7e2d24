import Network
import Platform

/// The files by which the container runtime finds Weft's plugin, and the plugin its node's ranges.
///
/// They are written when the node's pod networks are known and pods can be reached (R9), follow what
/// changes, and stay when the agent stops.
package struct NodeFiles: Sendable {
    private let settings: NodeFileSettings
    private var told: Set<NodeFileFinding> = []
    /// Whether this process has made the runtime look: the one before may have been killed first.
    private var hasNotified = false

    package init(_ settings: NodeFileSettings) { self.settings = settings }

    /// Makes the files what the node needs.
    package mutating func update(
        own: ClusterNode?, isReady: Bool, mtu: UInt32?
    ) throws(AgentError) -> NodeFilesOutcome {
        do throws(PlatformError) {
            var outcome = NodeFilesOutcome()
            try look(own?.networks ?? [], &outcome)
            guard let own else { return outcome.waiting(for: .node) }
            guard !own.networks.isEmpty else {
                return outcome.waiting(for: .networks(node: own.name))
            }
            guard isReady else { return outcome.waiting(for: .dataPlane) }
            let ranges = RangeDocument(networks: own.networks, mtu: mtu)
            outcome.written = try write(ranges)
            return outcome
        } catch {
            throw AgentError(.file, "write the plugins' configuration", "\(error)")
        }
    }

    private mutating func look(
        _ networks: [CIDR], _ outcome: inout NodeFilesOutcome
    ) throws(PlatformError) {
        outcome.findings = NodeFileFinding.all(
            try PluginConfiguration.all(in: settings.directory), settings, own: networks)
        outcome.newFindings = outcome.findings.filter { !told.contains($0) }
        told = Set(outcome.findings)
    }
}

extension NodeFilesOutcome {
    fileprivate consuming func waiting(for reason: Wait) -> NodeFilesOutcome {
        waitsFor = reason
        return self
    }
}

extension NodeFiles {
    /// The ranges are there before the configuration that leads to them.
    private mutating func write(_ ranges: RangeDocument) throws(PlatformError) -> [String] {
        let conflist = Conflist(rangeFile: settings.rangeFile)
        let present = try (
            Self.read(settings.rangeFile) { RangeDocument($0) != nil },
            Self.read(settings.path, isOurs: Conflist.isOurs)
        )
        var written: [String] = []
        if present.0 != Array(ranges.text.utf8) {
            try Self.replace(settings.rangeFile, with: ranges.text, durably: false)
            written.append(settings.rangeFile)
        }
        if present.1 != Array(conflist.text.utf8) {
            try Self.replace(settings.path, with: conflist.text, durably: true)
            written.append(settings.path)
            hasNotified = false
        }
        try notify()
        return written
    }

    /// The content of a file, nil where there is none; what others have written is refused.
    private static func read(
        _ path: String, isOurs: ([UInt8]) -> Bool
    ) throws(PlatformError) -> [UInt8]? {
        guard try File.status(path) != nil else { return nil }
        let content = try File.read(path)
        if isOurs(content) { return content }
        throw PlatformError(
            .exists, "replace", path,
            remedy: "it was not written by Weft: move it away, or have Weft write to another path")
    }

    private static func replace(
        _ path: String, with text: String, durably: Bool
    ) throws(PlatformError) {
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try Directory.create(String(path[..<slash]))
        }
        try File.replace(path, with: Array(text.utf8).span, durably: durably)
    }

    /// Makes the runtime read its directory again.
    ///
    /// containerd takes no notice of a file that appears, and of a rename only if it reads the
    /// directory after it; it does of one that is removed (C50).
    private mutating func notify() throws(PlatformError) {
        if hasNotified { return }
        let path = "\(settings.directory)/\(File.temporaryPrefix)notice"
        let nothing: [UInt8] = []
        _ = try File.create(path, with: nothing.span)
        try File.remove(path)
        hasNotified = true
    }
}
