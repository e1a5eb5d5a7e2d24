import Platform

/// Takes the signals that ask the demonstration to end, so that it can remove what it has made.
final class Interruption: Sendable {
    private let isWanted = Flag()
    private let isOver = Flag()
    private let waker: Waker
    private let thread: Thread

    private enum Source: UInt64 { case none }

    private static let signals: [Signal] = [.interrupt, .terminate, .hangUp]

    /// Takes signals from here on: to be made before any other thread.
    init() throws(PlatformError) {
        // Whoever reads the table may go away before its end.
        try SignalSource.block(Self.signals + [.pipe])
        var loop = try EventLoop<Source>()
        try loop.receive(Self.signals)
        waker = loop.waker
        thread = try Thread(owning: loop) { [isWanted, isOver] loop in
            var loop = loop
            var events: [Event<Source>] = []
            while !isOver.isSet, (try? loop.wait(into: &events)) != nil {
                for case .signal in events { isWanted.set() }
            }
        }
    }

    deinit {
        isOver.set()
        waker.wake()
    }

    /// Throws if somebody wants the demonstration to end.
    func check() throws(DemoError) {
        if isWanted.isSet {
            throw DemoError(.interrupted, "go on", "a signal came; all is removed")
        }
    }
}
