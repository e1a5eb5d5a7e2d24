import Agent
import DNS
import Synchronization

/// A DNS server on another thread: how it does, and how it is ended.
final class RunningNames: Sendable {
    private let program = Mutex<(control: ProgramControl, view: ServiceView)?>(nil)
    private let isOver = Mutex(false)

    func began(_ control: ProgramControl, _ view: ServiceView) {
        program.withLock { $0 = (control, view) }
        if isOver.withLock(\.self) { control.end() }
    }

    func stop() {
        isOver.withLock { $0 = true }
        program.withLock { $0?.control.end() }
    }

    var state: PartState {
        var state = PartState()
        guard let view = program.withLock({ $0?.view }) else { return state }
        let unready = view.unready(continuously: false)
        state.isReady = unready.isEmpty
        if !unready.isEmpty { state.problem = "waits for \(unready.joined(separator: ", "))" }
        return state
    }
}
