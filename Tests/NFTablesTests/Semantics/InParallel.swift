import Platform
import Synchronization

/// Calls a function with each item, on threads of their own, and collects what it finds fault with.
///
/// The kernel waits for all processors when a transaction fails; those waits overlap here.
func faults<Item: Sendable>(
    among items: [Item], threads: Int = 16,
    _ check: @escaping @Sendable (Item) throws -> String?
) throws -> [String] {
    let work = Work(items)
    let running = try (0..<threads).map { _ in
        Running(try Thread { while let item = work.next() { work.report { try check(item) } } })
    }
    for thread in running { thread.join() }
    return work.faults
}

/// A thread in an array, which cannot hold what is not copyable.
private final class Running {
    private var thread: Thread?

    init(_ thread: consuming Thread) { self.thread = consume thread }

    func join() { thread = nil }
}

/// What is left to do, and what was found.
private final class Work<Item: Sendable>: Sendable {
    private let state: Mutex<(rest: ArraySlice<Item>, faults: [String])>

    init(_ items: [Item]) { state = Mutex((items[...], [])) }

    var faults: [String] { state.withLock { $0.faults } }

    func next() -> Item? { state.withLock { $0.rest.popFirst() } }

    func report(_ check: () throws -> String?) {
        let fault: String?
        do { fault = try check() } catch { fault = "\(error)" }
        if let fault { state.withLock { $0.faults.append(fault) } }
    }
}
