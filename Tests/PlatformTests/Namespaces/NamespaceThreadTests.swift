import TestSupport
import Testing

@testable import Platform

@Suite(.requiresRoot) struct `A namespace thread` {
    @Test func `runs every closure inside, and hands results and errors out`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let thread = try NamespaceThread(namespace)
        for _ in 0..<100 {
            let inside = try thread.run { try NetworkNamespace.current().identity }
            #expect(try inside == namespace.identity)
        }
        let error = #expect(throws: LabError.self) { try thread.run { throw LabError("inside") } }
        #expect(error?.description == "inside")
        let socket = try thread.run { () throws(PlatformError) in try NetlinkSocket(.route) }
        #expect(socket.port != 0)
    }

    @Test func `keeps the namespace alive, and ends with its owner`() throws {
        let thread = try NamespaceThread(try NetworkNamespace.anonymous())
        let identity = try thread.run { try NetworkNamespace.current().identity }
        #expect(try thread.run { try NetworkNamespace.current().identity } == identity)
    }

    @Test func `a closure that calls again does not wait for itself`() throws {
        let thread = try NamespaceThread(try NetworkNamespace.anonymous())
        #expect(thread.run { thread.run { 7 } } == 7)
    }

    @Test func `callers from many threads take turns`() throws {
        let thread = try NamespaceThread(try NetworkNamespace.anonymous())
        let count = Counter()
        do {
            let callers = try (0..<4).map { _ in
                try Box(
                    Thread {
                        for _ in 0..<250 { thread.run { count.value += 1 } }
                    })
            }
            _ = consume callers
        }
        #expect(count.value == 1000)
    }
}

/// Invariant: not protected itself; the thread under test must run one closure at a time.
private final class Counter: @unchecked Sendable {
    var value = 0
}

private final class Box {
    let thread: Thread
    init(_ thread: consuming Thread) { self.thread = thread }
}
