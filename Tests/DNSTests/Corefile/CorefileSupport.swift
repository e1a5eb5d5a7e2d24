import Platform

@testable import DNS

/// Files that are only in memory.
struct TextFiles {
    var texts: [String: String] = [:]
    var variables: [String: String] = [:]

    var source: CorefileSource {
        let (texts, variables) = (texts, variables)
        return CorefileSource(
            environment: { variables[$0] },
            read: { path throws(PlatformError) in
                guard let text = texts[path] else {
                    throw PlatformError(.noSuchEntry, "read", path)
                }
                return Array(text.utf8)
            },
            list: { path throws(PlatformError) in
                let names = texts.keys.filter { $0.hasPrefix(path) }
                    .map { String($0.dropFirst(path.count)) }
                guard !names.isEmpty else { throw PlatformError(.noSuchEntry, "list", path) }
                return names
            })
    }
}

func corefile(_ text: String, _ files: TextFiles = TextFiles()) throws(CorefileError) -> Corefile {
    try Corefile.parse(Array(text.utf8), file: "Corefile", from: files.source)
}

/// The block for `.:53` with these lines.
func block(_ lines: String) throws(CorefileError) -> ServerBlock {
    try corefile(".:53 {\n\(lines)\n}\n").servers[0]
}

/// What is said of a text that is refused; nil when it is not.
func problem(_ text: String, _ files: TextFiles = TextFiles()) -> String? {
    do throws(CorefileError) {
        _ = try corefile(text, files)
        return nil
    } catch {
        return error.description
    }
}

func names(_ texts: String...) throws -> [DomainName] { try texts.map { try DomainName($0) } }
