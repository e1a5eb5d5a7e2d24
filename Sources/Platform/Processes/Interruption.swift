/// Takes the signals that ask a program to end, so that it can remove what it has made.
package final class Interruption: Sendable {
    private let isAskedFor = Flag()
    private let isOver = Flag()
    private let waker: Waker
    private let thread: Thread

    private enum Source: UInt64 { case none }

    private static let signals: [Signal] = [.interrupt, .terminate, .hangUp]

    /// Takes signals from here on: to be made before any other thread.
    package init() throws(PlatformError) {
        // Whoever reads what the program prints may go away before its end.
        try SignalSource.block(Self.signals + [.pipe])
        var loop = try EventLoop<Source>()
        try loop.receive(Self.signals)
        waker = loop.waker
        thread = try Thread(owning: loop) { [isAskedFor, isOver] loop in
            var loop = loop
            var events: [Event<Source>] = []
            while !isOver.isSet, (try? loop.wait(into: &events)) != nil {
                for case .signal in events { isAskedFor.set() }
            }
        }
    }

    deinit {
        isOver.set()
        waker.wake()
    }

    /// Whether somebody wants the program to end.
    package var isWanted: Bool { isAskedFor.isSet }
}
