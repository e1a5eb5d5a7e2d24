package import Platform
import Synchronization

/// A directory of manifests in an API server's place.
///
/// Files are read on a thread of its own; what happens to them is seen as it happens.
package final class ManifestSource: ObjectSource {
    package let store: ObjectStore
    private let shared: Shared
    private let waker: Waker
    private let thread: Mutex<Thread?>

    /// What the thread and its owner both use.
    fileprivate final class Shared: Sendable {
        let statistics = Mutex(SourceStatistics())
        let isStopped = Atomic(false)
    }

    /// `report` is called on the source's thread, and also before this returns.
    package init(
        directory: String, options: ManifestOptions = ManifestOptions(),
        report: @escaping @Sendable (Report) -> Void
    ) throws(PlatformError) {
        let loop = try EventLoop<ManifestReader.Source>()
        let shared = Shared()
        let reader = try ManifestReader(directory, options, report) { statistics in
            shared.statistics.withLock { $0 = statistics }
        }
        self.shared = shared
        store = reader.store
        waker = loop.waker
        let work = Mutex<ManifestWork?>(ManifestWork(loop: loop, reader: reader))
        thread = Mutex(
            try Thread {
                let taken = work.withLock { $0.take() }
                guard var work = taken else { return }
                work.run(shared)
            })
    }

    deinit { stop() }
}

extension ManifestSource {
    package var statistics: SourceStatistics { shared.statistics.withLock { $0 } }

    package func stop() {
        shared.isStopped.store(true, ordering: .releasing)
        waker.wake()
        let running = thread.withLock { $0.take() }
        if let running { running.join() }
    }
}

/// What the thread owns.
private struct ManifestWork: ~Copyable, Sendable {
    var loop: EventLoop<ManifestReader.Source>
    var reader: ManifestReader

    mutating func run(_ shared: ManifestSource.Shared) {
        do throws(PlatformError) {
            try loop.add(reader.inotify, .read, as: .files)
            try reader.start()
            var events: [Platform.Event<ManifestReader.Source>] = []
            while !shared.isStopped.load(ordering: .acquiring) {
                shared.statistics.withLock { $0 = reader.statistics }
                try loop.wait(into: &events, until: reader.nextLook)
                try reader.advance()
            }
        } catch {
            reader.report(
                Report(.error, "\(error); changes of manifests are not seen any more"))
        }
        shared.statistics.withLock { $0 = reader.statistics }
    }
}
