import Network
import Platform
import Synchronization

@testable import DNS

/// Files that a test changes.
final class ChangingFiles: Sendable {
    private let texts: Mutex<[String: (text: String, version: Int64)]>

    init(_ texts: [String: String]) { self.texts = Mutex(texts.mapValues { ($0, 1) }) }

    private static let identity = try? File.status("/")?.identity

    /// Nil takes the file away.
    func set(_ path: String, _ text: String?) {
        texts.withLock { texts in
            let version = (texts[path]?.version ?? 0) + 1
            texts[path] = text.map { ($0, version) }
        }
    }

    var surroundings: Surroundings {
        var surroundings = Surroundings(
            addresses: { _ in [] }, families: [.v4], hostname: "host", version: "1")
        surroundings.readContent = { [self] path throws(DNSError) in
            guard let file = texts.withLock({ $0[path] }) else {
                throw DNSError(.configuration, "read \(path)", "it is not there")
            }
            return Array(file.text.utf8)
        }
        let identity = Self.identity
        surroundings.mark = { [self] path in
            texts.withLock { $0[path] }.map { file in
                FileMark(
                    modified: WallTime(nanoseconds: file.version), size: 1, identity: identity)
            }
        }
        return surroundings
    }
}
