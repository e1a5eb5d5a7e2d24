package import Netlink
package import Network
import Platform
import Synchronization

/// Forgets stale connections on a thread of its own, so that no change of services waits for it.
///
/// What comes while it is busy or rests is done together afterwards.
package final class ConntrackCleaner: Sendable {
    private let backlog: Backlog
    private let waker: Waker
    private let isStopped = Flag()
    private let thread: Thread

    /// Starts in the calling thread's network namespace; connections over TCP and SCTP to removed
    /// backends are forgotten a grace after, and without one never.
    package init(
        graces: [TransportProtocol: Duration] = [:],
        report: @escaping @Sendable (CleanupReport) -> Void
    ) throws(NetlinkError) {
        backlog = Backlog(CleanupBacklog(graces: graces))
        let loop = try CleanerLoop(backlog, isStopped, report)
        waker = loop.waker
        do throws(PlatformError) {
            thread = try Thread(owning: loop) { loop in
                var loop = loop
                loop.run()
            }
        } catch {
            throw NetlinkError(error)
        }
    }

    deinit {
        isStopped.set()
        waker.wake()
    }
}

extension ConntrackCleaner {
    /// Takes in what changed, after it was applied; returns at once.
    package func add(_ checks: some Sequence<StaleCheck>) {
        backlog.value.withLock { $0.add(checks, at: .now) }
        waker.wake()
    }
}

/// What the cleaner and its thread share.
private final class Backlog: Sendable {
    let value: Mutex<CleanupBacklog>

    init(_ value: CleanupBacklog) { self.value = Mutex(value) }
}

/// What the thread of a cleaner does.
private struct CleanerLoop: ~Copyable, Sendable {
    private enum Source: UInt64 {
        case none
    }

    private let backlog: Backlog
    private let isStopped: Flag
    private let report: @Sendable (CleanupReport) -> Void
    private var scan: StaleScan
    private var loop: EventLoop<Source>

    var waker: Waker { loop.waker }

    init(
        _ backlog: Backlog, _ isStopped: Flag,
        _ report: @escaping @Sendable (CleanupReport) -> Void
    ) throws(NetlinkError) {
        self.backlog = backlog
        self.isStopped = isStopped
        self.report = report
        let scan = try StaleScan()
        do throws(PlatformError) { loop = try EventLoop() } catch { throw NetlinkError(error) }
        self.scan = scan
    }

    mutating func run() {
        var events: [Event<Source>] = []
        while !isStopped.isSet {
            let now = MonotonicTime.now
            let next = backlog.value.withLock { $0.next(now) }
            if let next, next <= now {
                clean(backlog.value.withLock { $0.take(at: now) })
            } else if (try? loop.wait(into: &events, until: next)) == nil {
                // Nothing that can be mended here, nor anything to turn in circles for.
                sleep(for: .seconds(1))
            }
        }
    }

    private mutating func clean(_ table: StaleTable) {
        let begin = MonotonicTime.now
        for family in Set(table.targets.map(\.family)).sorted() {
            let backlog = backlog
            let result = scan.clean(family, table) { entry in
                backlog.value.withLock { $0.newer.covers(entry) }
            }
            if result.failure != nil {
                let checks = table.checks.filter { $0.target.family == family }
                backlog.value.withLock { $0.failed(checks, at: .now) }
            }
            report(result)
        }
        let end = MonotonicTime.now
        backlog.value.withLock { $0.finished(at: end, after: end - begin) }
    }
}
