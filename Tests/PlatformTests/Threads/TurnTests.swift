import Synchronization
import Testing

@testable import Platform

@Suite struct `A thread's turns` {
    /// What the kernel says of the calling thread.
    private struct State: Sendable {
        let turn = Thread.turn
        let priority = Thread.priority
    }

    @Test func `are short where that is asked for, and its priority stays`() throws {
        let seen = Mutex<[State]>([])
        try Thread.runAlone {
            Thread.giveWay()
            let before = State()
            Thread.takeShortTurns()
            seen.withLock { $0 = [before, State()] }
        }
        let states = seen.withLock(\.self)
        // Kernels before 6.12 say nothing.
        #expect(states[1].turn == (states[0].turn == .zero ? .zero : .microseconds(100)))
        #expect(states[0].priority > 0 && states[0].priority == states[1].priority)
    }

    @Test func `are its own`() throws {
        let before = Thread.turn
        try Thread.runAlone { Thread.takeShortTurns() }
        #expect(Thread.turn == before)
    }
}
