import CLinux
import Glibc

/// Waits for descriptors, timers, signals and other threads, for the one thread that owns it.
///
/// The loop stores no closures: `wait` fills an array that the caller keeps and switches over.
///
///     var events: [Event<Source>] = []
///     while true {
///         try loop.wait(into: &events)
///         for event in events {
///             switch event { case .ready(.queries, _): …
///
/// Descriptors are level-triggered: what is not read is reported again. A descriptor that is
/// closed is forgotten by the kernel; an event already handed out for it must then be ignored.
package struct EventLoop<Source: RawRepresentable<UInt64> & Sendable>: ~Copyable, Sendable {
    /// Lets other threads make `wait` return.
    package let waker: Waker
    private let epoll: Descriptor
    private var signals: SignalSource?
    private var timers = TimerQueue<Source>()
    /// What the kernel reports at once, at most.
    private var ready = [weft_ready](repeating: weft_ready(), count: batch)

    package init() throws(PlatformError) {
        let epoll = Descriptor(owning: try syscall("open epoll") { weft_epoll_create() })
        let waker = try Waker()
        try Self.control(epoll, waker.descriptor, .read, wakerToken, weft_epoll_add)
        self.epoll = epoll
        self.waker = waker
    }
}

extension EventLoop {
    /// Reports when a descriptor is ready; its owner keeps it open as long as it wants events.
    package borrowing func add(
        _ descriptor: borrowing Descriptor, _ readiness: Readiness, as source: Source
    ) throws(PlatformError) {
        try Self.control(epoll, descriptor, readiness, source.rawValue, weft_epoll_add)
    }

    /// Changes what is reported of a descriptor.
    package borrowing func change(
        _ descriptor: borrowing Descriptor, _ readiness: Readiness, as source: Source
    ) throws(PlatformError) {
        try Self.control(epoll, descriptor, readiness, source.rawValue, weft_epoll_modify)
    }

    /// Reports nothing more of a descriptor that stays open.
    package borrowing func remove(_ descriptor: borrowing Descriptor) throws(PlatformError) {
        let (epoll, number) = (epoll.rawValue, descriptor.rawValue)
        _ = try syscall("forget descriptor") { weft_epoll_remove(epoll, number) }
    }

    /// Takes signals as events, which must be blocked in every other thread: see `SignalSource`.
    package mutating func receive(_ signals: [Signal]) throws(PlatformError) {
        let source = try SignalSource(signals)
        try Self.control(epoll, source.descriptor, .read, signalToken, weft_epoll_add)
        self.signals = consume source
    }

    /// Reports a source once, when the deadline has come.
    @discardableResult
    package mutating func schedule(_ source: Source, at deadline: MonotonicTime) -> Timer {
        timers.schedule(source, at: deadline)
    }

    /// Takes a timer back; false means that it has been reported.
    @discardableResult
    package mutating func cancel(_ timer: Timer) -> Bool { timers.cancel(timer) != nil }

    package typealias Timer = TimerQueue<Source>.ID

    private static func control(
        _ epoll: borrowing Descriptor, _ descriptor: borrowing Descriptor,
        _ readiness: Readiness, _ token: UInt64,
        _ operation: (CInt, CInt, UInt32, UInt64) -> CInt
    ) throws(PlatformError) {
        let (epoll, number) = (epoll.rawValue, descriptor.rawValue)
        _ = try syscall("watch descriptor") {
            operation(epoll, number, UInt32(readiness.rawValue), token)
        }
    }
}

extension EventLoop {
    /// Waits for something to happen and puts it into `events`, which is emptied before.
    ///
    /// There are no events when the deadline came first. The array's room is used again.
    package mutating func wait(
        into events: inout [Event<Source>], until deadline: MonotonicTime? = nil
    ) throws(PlatformError) {
        events.removeAll(keepingCapacity: true)
        let count = try poll(until: earlier(deadline, timers.next))
        for index in 0..<count { try take(ready[index], into: &events) }
        let now = MonotonicTime.now
        while let source = timers.fire(now) { events.append(.timer(source)) }
    }

    private mutating func poll(until deadline: MonotonicTime?) throws(PlatformError) -> Int {
        let number = epoll.rawValue
        var span = ready.mutableSpan
        return try unsafe span.withUnsafeMutableBufferPointer { ready throws(PlatformError) in
            // The time left is counted anew when a signal interrupts.
            let count = try syscall("wait for events") {
                unsafe weft_epoll_wait(
                    number, ready.baseAddress, CInt(ready.count), milliseconds(until: deadline))
            }
            return Int(count)
        }
    }

    private func take(
        _ ready: weft_ready, into events: inout [Event<Source>]
    ) throws(PlatformError) {
        switch ready.token {
        case wakerToken:
            waker.reset()
            events.append(.woken)
        case signalToken:
            while let signal = try signals?.next() { events.append(.signal(signal)) }
        default:
            guard let source = Source(rawValue: ready.token) else { return }
            events.append(.ready(source, Readiness(rawValue: UInt8(ready.events))))
        }
    }
}

private func earlier(_ first: MonotonicTime?, _ second: MonotonicTime?) -> MonotonicTime? {
    guard let first, let second else { return first ?? second }
    return min(first, second)
}

/// As many as the C side hands over.
private let batch = 64
private let wakerToken = UInt64.max
private let signalToken = UInt64.max - 1
