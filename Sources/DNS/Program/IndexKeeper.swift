package import Kubernetes
package import Platform

/// Keeps an index up to date on a thread of its own, for as long as it is kept.
package struct IndexKeeper: ~Copyable {
    package let index: ClusterIndex
    private let thread: Thread
    private let waker: Waker
    private let isStopped: Flag

    package init(
        _ settings: ClusterSettings, of store: ObjectStore, readers epochs: Epochs
    ) throws(PlatformError) {
        let writer = try ClusterIndexWriter(settings, readers: epochs)
        let index = writer.index
        let loop = try EventLoop<Nothing>()
        let (waker, isStopped) = (loop.waker, Flag())
        let subscription = store.subscribe(to: settings.kinds) { waker.wake() }
        let work = IndexThread(writer: writer, loop: loop, subscription: subscription)
        let thread = try Thread(owning: work) { work in
            // Those that answer go first.
            Thread.giveWay()
            work.run(until: isStopped)
        }
        self.index = index
        self.thread = thread
        self.waker = waker
        self.isStopped = isStopped
    }

    deinit {
        isStopped.set()
        waker.wake()
    }
}

/// The loop has no descriptors but its own.
private struct Nothing: RawRepresentable, Sendable {
    let rawValue: UInt64
}

private struct IndexThread: ~Copyable, Sendable {
    var writer: ClusterIndexWriter
    var loop: EventLoop<Nothing>
    let subscription: Subscription

    consuming func run(until isStopped: Flag) {
        var events: [Event<Nothing>] = []
        var wasSynced = false
        while !isStopped.isSet {
            let waits = takeChanges(isNoted: wasSynced)
            if !wasSynced, writer.index.isSynced {
                wasSynced = true
                // What the first lists took while they were read.
                Heap.giveBackAll()
            }
            try? loop.wait(into: &events, until: waits ? .now + Self.patience : nil)
        }
    }

    /// Whether some memory waits for readers.
    private mutating func takeChanges(isNoted: Bool) -> Bool {
        // Not kept for longer: a look holds all objects of its time.
        let look = subscription.look()
        let waits = writer.apply(look, at: .now) > 0
        if isNoted { writer.index.latency.note(look, at: .now) }
        return waits
    }

    /// Memory that a reader may still look at is asked for again after this.
    private static let patience = Duration.milliseconds(50)
}
