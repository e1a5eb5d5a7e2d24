import Testing

@testable import Platform

struct `An event loop` {
    fileprivate enum Source: UInt64 {
        case pipe = 1
        case other, timer
    }

    fileprivate typealias Events = [Event<Source>]

    @Test func `reports what can be read, again until it is read, and its end`() throws {
        var loop = try EventLoop<Source>()
        var events: Events = []
        let pipe = try Pipe()
        let reader = try pipe.reader.duplicate()
        try loop.add(reader, .read, as: .pipe)
        try loop.wait(into: &events, until: .now)
        #expect(events.isEmpty)

        try pipe.writer.write([1, 2].span)
        for _ in 0..<2 {
            try loop.wait(into: &events)
            #expect(events == [.ready(.pipe, .read)])
        }
        _ = consume pipe
        _ = try readAll(reader)
        try loop.wait(into: &events)
        #expect(events == [.ready(.pipe, [.read, .write])])
    }

    @Test func `reports what was changed to, and nothing once removed`() throws {
        var loop = try EventLoop<Source>()
        var events: Events = []
        let pipe = try Pipe()
        try loop.add(pipe.writer, [], as: .pipe)
        try loop.wait(into: &events, until: .now)
        #expect(events.isEmpty)

        try loop.change(pipe.writer, .write, as: .other)
        try loop.wait(into: &events)
        #expect(events == [.ready(.other, .write)])

        try loop.remove(pipe.writer)
        try loop.wait(into: &events, until: .now)
        #expect(events.isEmpty)
    }

    @Test func `fires timers in order, and not those taken back`() throws {
        var loop = try EventLoop<Source>()
        var events: Events = []
        let start = MonotonicTime.now
        loop.schedule(.timer, at: start + .milliseconds(4))
        loop.schedule(.other, at: start + .milliseconds(2))
        let cancelled = loop.schedule(.pipe, at: start + .milliseconds(1))
        let wasPending = loop.cancel(cancelled)
        #expect(wasPending)

        var seen: Events = []
        while seen.count < 2 {
            try loop.wait(into: &events, until: start + .seconds(60))
            seen += events
        }
        #expect(seen == [.timer(.other), .timer(.timer)])
        #expect(MonotonicTime.now >= start + .milliseconds(4))
        let isPending = loop.cancel(cancelled)
        #expect(!isPending)
    }

    @Test func `returns without events when the deadline comes first`() throws {
        var loop = try EventLoop<Source>()
        var events: Events = [.woken]
        loop.schedule(.timer, at: .now + .seconds(60))
        let deadline = MonotonicTime.now + .milliseconds(3)
        try loop.wait(into: &events, until: deadline)
        #expect(events.isEmpty)
        #expect(MonotonicTime.now >= deadline)
    }

    @Test func `is woken by another thread, once for many calls`() throws {
        var loop = try EventLoop<Source>()
        var events: Events = []
        let thread = try Thread { [waker = loop.waker] in
            for _ in 0..<10 { waker.wake() }
        }
        thread.join()
        try loop.wait(into: &events)
        #expect(events == [.woken])
        try loop.wait(into: &events, until: .now)
        #expect(events.isEmpty)
    }

    @Test func `hands out signals`() async {
        // In a process of its own: the thread that blocks signals here goes on to other tests.
        await #expect(processExitsWith: .exitCode(7)) {
            var loop = try EventLoop<Source>()
            try loop.receive([.hangUp, .user1])
            var events: Events = []
            Signal.hangUp.raise()
            Signal.user1.raise()
            Signal.user1.raise()
            try loop.wait(into: &events)
            guard events == [.signal(.hangUp), .signal(.user1)] else { return }
            ExitCode(rawValue: 7).exit()
        }
    }

    @Test func `more descriptors than one batch all get their turn`() throws {
        var loop = try EventLoop<Number>()
        var events: [Event<Number>] = []
        let pipes = try (0..<200).map { _ in try Shared(Pipe()) }
        for (number, pipe) in pipes.enumerated() {
            try loop.add(pipe.pipe.reader, .read, as: Number(rawValue: UInt64(number)))
            try pipe.pipe.writer.write([1].span)
        }
        var seen: Set<UInt64> = []
        while seen.count < pipes.count {
            try loop.wait(into: &events, until: .now)
            for case .ready(let number, _) in events {
                seen.insert(number.rawValue)
                try loop.remove(pipes[Int(number.rawValue)].pipe.reader)
            }
        }
    }

    private func readAll(_ reader: borrowing Descriptor) throws -> Int {
        var bytes = [UInt8](repeating: 0, count: 16)
        var span = bytes.mutableSpan
        return try reader.read(into: &span)
    }
}

private struct Number: RawRepresentable, Sendable {
    let rawValue: UInt64
}

private final class Shared {
    let pipe: Pipe
    init(_ pipe: consuming Pipe) { self.pipe = pipe }
}
