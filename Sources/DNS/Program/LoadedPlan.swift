package import Network
import Platform
import Synchronization

/// A configuration as it was read: the file, its plan, and everything that both came from.
package struct LoadedPlan: Sendable {
    package let file: Corefile
    package fileprivate(set) var plan: ServerPlan
    /// Of all files that were read.
    package let hash: String
}

/// Reads a configuration again and again, and tells whether it has changed.
package struct PlanLoader: Sendable {
    private let path: String?
    private let port: Port
    private let surroundings: Surroundings
    /// Where to be asked if it is a node's own server.
    let nodeLocal: NodeLocalSettings?
    /// The hash of what was read last, be it good or not.
    private(set) package var lastHash = ""
    /// What was wrong with it, if anything was.
    private var lastMistake: String?

    /// Without a path, the configuration is kubeadm's; the port is for blocks that name none.
    package init(
        _ path: String?, port: Port = 53, _ surroundings: Surroundings,
        nodeLocal: NodeLocalSettings? = nil
    ) {
        self.path = path
        self.nodeLocal = nodeLocal
        self.port = port
        self.surroundings = surroundings
    }
}

extension PlanLoader {
    /// Reads everything anew.
    package mutating func load() throws -> LoadedPlan {
        do {
            let loaded = try withFiles(try loadWithoutFiles())
            lastMistake = nil
            return loaded
        } catch {
            lastMistake = "\(error)"
            throw error
        }
    }

    /// Reads everything anew; nil if it all says what it said the last time.
    package mutating func loadIfChanged() throws -> LoadedPlan? {
        let (hash, mistake) = (lastHash, lastMistake)
        do {
            let loaded = try loadWithoutFiles()
            // Hosts and zones are nothing of this, but may have been what was wrong.
            if loaded.hash == hash, mistake == nil { return nil }
            lastMistake = nil
            return try withFiles(loaded)
        } catch {
            lastMistake = "\(error)"
            // The same mistake is not told again.
            if lastHash == hash, lastMistake == mistake { return nil }
            throw error
        }
    }

    private func withFiles(_ loaded: LoadedPlan) throws -> LoadedPlan {
        var loaded = loaded
        try loaded.plan.readFiles(surroundings)
        return loaded
    }

    private mutating func loadWithoutFiles() throws -> LoadedPlan {
        let seen = SeenFiles()
        defer { lastHash = seen.hash }
        var file = try read(seen)
        if let nodeLocal { file = try nodeLocal.bind(file) }
        var watched = surroundings
        watched.read = { [surroundings] path throws(DNSError) in
            let content = try surroundings.read(path)
            seen.add(path, content)
            return content
        }
        let plan = try ServerPlan(file, watched)
        return LoadedPlan(file: file, plan: plan, hash: seen.hash)
    }

    private func read(_ seen: SeenFiles) throws(CorefileError) -> Corefile {
        var source = CorefileSource.system
        let system = source
        source.read = { path throws(CorefileSource.Failure) in
            let content = try system.read(path)
            seen.add(path, content)
            return content
        }
        source.list = { path throws(CorefileSource.Failure) in
            let names = try system.list(path)
            seen.add(path, Array(names.joined(separator: "\n").utf8))
            return names
        }
        guard let path else {
            let text = Array(Corefile.kubeadm.utf8)
            seen.add("", text)
            return try Corefile.parse(text, file: "(kubeadm's)", from: source, port: port)
        }
        return try Corefile.load(path, from: source, port: port)
    }
}

/// What was read, in order.
private final class SeenFiles: Sendable {
    // Nobody gains from a collision but who can write the files anyway: the keys are no secret.
    private let state = Mutex(SipHash(0, 0))

    func add(_ path: String, _ content: [UInt8]) {
        state.withLock { hash in
            for octet in path.utf8 { hash.add(octet) }
            hash.add(0)
            for octet in content { hash.add(octet) }
            hash.add(0)
        }
    }

    var hash: String {
        var hash = state.withLock(\.self)
        let digits = String(hash.finished(), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
