package import Platform
import Synchronization

/// What a file says, which is read again when the file changes.
package final class WatchedFile<Content: Sendable>: Sendable {
    package let path: String
    package let interval: Duration
    private let surroundings: Surroundings
    private let parse: @Sendable ([UInt8]) throws(DNSError) -> Content
    private let content: Mutex<Content>
    /// The file when it was last looked at; only the keeper's thread changes it.
    private let seen: Mutex<Seen>

    private enum Seen: Hashable {
        /// It could not be read, and nobody was told so yet.
        case nothing
        case file(FileMark?)
    }

    /// Reads the file for the first time; it is looked at again after an interval, or never for zero.
    ///
    /// Without a file there is what counts meanwhile, if there is that.
    package init(
        _ path: String, every interval: Duration, _ surroundings: Surroundings,
        meanwhile: Content? = nil,
        _ parse: @escaping @Sendable ([UInt8]) throws(DNSError) -> Content
    ) throws(DNSError) {
        // What changes between the two is seen as a change later.
        let mark = surroundings.mark(path)
        do throws(DNSError) {
            content = Mutex(try parse(try surroundings.readContent(path)))
            seen = Mutex(.file(mark))
        } catch {
            guard let meanwhile else { throw error }
            content = Mutex(meanwhile)
            seen = Mutex(.nothing)
        }
        self.path = path
        self.interval = interval
        self.surroundings = surroundings
        self.parse = parse
    }

    package var current: Content { content.withLock(\.self) }

    /// When the file was changed that counts now; nil without a file.
    package var modified: WallTime? {
        guard case .file(let mark) = seen.withLock(\.self) else { return nil }
        return mark?.modified
    }
}

/// A file that somebody has to look at from time to time.
package protocol RereadFile: Sendable {
    var interval: Duration { get }

    /// Reads the file if it has changed; what it said before stays if it cannot be read.
    func look() -> ServiceReport?
}

extension WatchedFile: RereadFile {
    package func look() -> ServiceReport? {
        let now = Seen.file(surroundings.mark(path))
        if now == seen.withLock(\.self) { return nil }
        // A file that stays bad is complained of once.
        seen.withLock { $0 = now }
        do throws(DNSError) {
            let new = try parse(try surroundings.readContent(path))
            content.withLock { $0 = new }
            return .reread(path)
        } catch {
            return .unreadable(path, error)
        }
    }
}

/// What tells one version of a file from another.
package struct FileMark: Hashable, Sendable {
    package var modified: WallTime
    package var size: Int64
    package var identity: FileIdentity?

    package init(modified: WallTime, size: Int64, identity: FileIdentity?) {
        (self.modified, self.size, self.identity) = (modified, size, identity)
    }

    init(_ status: FileStatus) {
        (modified, size, identity) = (status.modified, status.size, status.identity)
    }
}
