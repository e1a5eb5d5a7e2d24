import Platform

/// Programs of others that a user has, by their names: `kube-proxy=/usr/local/bin/kube-proxy`.
package struct PeerPaths: Hashable, Sendable {
    private var paths: [String: String] = [:]

    package init() {}

    /// Reads `NAME=PATH`, several with commas between.
    package init(_ text: String, known names: [String]) throws(BenchError) {
        for part in text.split(separator: ",") {
            let words = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard words.count == 2, names.contains(words[0]) else {
                throw BenchError(
                    .program, "take \(part) as a peer",
                    "write NAME=PATH, with a name of \(names.joined(separator: ", "))")
            }
            try Self.check(words[0], words[1])
            paths[words[0]] = words[1]
        }
    }

    package subscript(name: String) -> String? { paths[name] }

    private static func check(_ name: String, _ path: String) throws(BenchError) {
        let status = try BenchError.of(.program, "find \(name)") { try File.status(path) }
        guard status?.kind == .file else {
            throw BenchError(.program, "find \(name)", "there is no program at \(path)")
        }
    }
}
