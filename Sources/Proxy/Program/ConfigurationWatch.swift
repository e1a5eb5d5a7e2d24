package import Platform

/// Tells when a configuration file says something else than it did (S117).
///
/// A file that is gone is no change: whoever starts anew could not read it either.
package struct ConfigurationWatch: ~Copyable {
    private let thread: Thread
    private let waker: Waker
    private let isStopped: Flag

    package init(
        _ path: String, changed: @escaping @Sendable () -> Void
    ) throws(PlatformError) {
        var looker = try Looker(path)
        looker.listen()
        let waker = looker.loop.waker
        let isStopped = Flag()
        let thread = try Thread(owning: looker) { looker in
            if looker.waitForChange(until: isStopped) { changed() }
        }
        self.waker = waker
        self.isStopped = isStopped
        self.thread = thread
    }

    deinit {
        isStopped.set()
        waker.wake()
    }
}

/// Looks at the file when its directory changes, and from time to time.
private struct Looker: ~Copyable, Sendable {
    enum Source: UInt64, Sendable { case directory }

    private let path: String
    private let content: [UInt8]
    var loop: EventLoop<Source>
    private var inotify: Inotify?

    /// For what happens behind links to other directories.
    private static let interval = Duration.seconds(5)
    /// How long a file must stay as it is: somebody may be writing it.
    private static let rest = Duration.milliseconds(100)

    init(_ path: String) throws(PlatformError) {
        let content = try File.read(path)
        let loop = try EventLoop<Source>()
        self.path = path
        self.content = content
        self.loop = loop
    }
}

extension Looker {
    /// A ConfigMap's files change by a rename in the directory of their links.
    mutating func listen() {
        guard let inotify = try? Inotify() else { return }
        let slash = path.lastIndex(of: "/")
        let directory = slash.map { String(path[...$0]) } ?? "."
        guard (try? inotify.watch(directory)) != nil,
            (try? loop.add(inotify.descriptor, .read, as: .directory)) != nil
        else { return }
        self.inotify = consume inotify
    }

    /// True for other content, false when it was stopped.
    consuming func waitForChange(until isStopped: Flag) -> Bool {
        var seen = content
        var events: [Event<Source>] = []
        while !isStopped.isSet {
            let pause = seen == content ? Self.interval : Self.rest
            try? loop.wait(into: &events, until: .now + pause)
            _ = try? inotify?.read()
            guard let now = try? File.read(path) else { continue }
            if now == seen, now != content { return true }
            seen = now
        }
        return false
    }
}
