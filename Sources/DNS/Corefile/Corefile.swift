package import Network
import Platform

/// A whole configuration of the DNS server, known to make sense.
package struct Corefile: Hashable, Sendable {
    package var servers: [ServerBlock]
    /// Itself and every file it imports, in the order they were read.
    package var files: [String]
}

extension Corefile {
    /// Reads a file and what it imports; keys without a port mean the one given here.
    package static func load(
        _ path: String, from source: CorefileSource = .system,
        port: Port = ServerKey.Scheme.dns.standardPort
    ) throws(CorefileError) -> Corefile {
        let text: [UInt8]
        do throws(PlatformError) {
            text = try source.read(path)
        } catch {
            throw CorefileError(
                CorefilePlace(file: path, line: 1), "cannot be read: \(error.reason)",
                "check the path of --conf")
        }
        return try parse(text, file: path, from: source, port: port)
    }

    /// Reads a text; `file` is what its errors call it, and where what it imports is looked for.
    package static func parse(
        _ text: [UInt8], file: String, from source: CorefileSource = .system,
        port: Port = ServerKey.Scheme.dns.standardPort
    ) throws(CorefileError) -> Corefile {
        var reader = CorefileReader(source)
        try reader.take(text, file: file)
        let end = reader.words.last?.place ?? CorefilePlace(file: file, line: 1)
        var parser = CorefileParser(reader.words, end: end)
        let blocks = try parser.blocks()
        guard !blocks.isEmpty else {
            throw CorefileError(end, "there is no server block", "write .:53 { … }")
        }
        var servers: [ServerBlock] = []
        for block in blocks { servers.append(try ServerBlock(block, port)) }
        try checkKeys(servers)
        return Corefile(servers: servers, files: reader.files)
    }

    /// Two blocks for the same zone at the same address would leave it to chance who answers.
    private static func checkKeys(_ servers: [ServerBlock]) throws(CorefileError) {
        var holders: [ServerKey: [Int]] = [:]
        for (index, server) in servers.enumerated() {
            for key in server.keys {
                for holder in holders[key, default: []] where servers[holder].overlaps(server) {
                    let other = servers[holder].place
                    let location =
                        other.file == server.place.file
                        ? "line \(other.line)" : "\(other)"
                    throw CorefileError(
                        server.place, "\(key) is served by the block at \(location) already",
                        "keep one of them, or bind them to different addresses")
                }
                holders[key, default: []].append(index)
            }
        }
    }
}

extension ServerBlock {
    /// Whether both would listen at some address, as far as that can be told.
    fileprivate func overlaps(_ other: ServerBlock) -> Bool {
        if binds.isEmpty || other.binds.isEmpty { return true }
        return binds.flatMap(\.targets).contains { target in
            other.binds.flatMap(\.targets).contains { $0.overlaps(target) }
        }
    }
}
