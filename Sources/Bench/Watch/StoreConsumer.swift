import Kubernetes
import Platform

/// A consumer of a store that sleeps until there is something to look at, as proxies do.
struct StoreConsumer: ~Copyable {
    private enum Source: UInt64 {
        case none
    }

    private let subscription: Subscription
    private var loop: EventLoop<Source>
    private var events: [Event<Source>] = []

    init(_ store: ObjectStore, _ kinds: Set<Kind>) throws(PlatformError) {
        let loop = try EventLoop<Source>()
        let waker = loop.waker
        subscription = store.subscribe(to: kinds) { waker.wake() }
        self.loop = loop
    }

    /// Looks whenever it is woken, until what it sees holds; false if that takes too long.
    mutating func wait(
        within patience: Duration, _ holds: (Look) -> Bool
    ) throws(PlatformError) -> Bool {
        let deadline = MonotonicTime.now + patience
        while true {
            if holds(subscription.look()) { return true }
            try loop.wait(into: &events, until: deadline)
            if events.isEmpty { return false }
        }
    }

    /// Looks, whether there is something or not.
    func look() -> Look { subscription.look() }
}
