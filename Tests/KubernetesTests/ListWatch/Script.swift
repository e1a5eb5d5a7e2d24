import FuzzSupport
import Platform

@testable import Kubernetes

/// A machine that is told, line by line, what happens to it.
struct Script {
    private(set) var machine: ListWatch<SeededGenerator>
    var now = MonotonicTime(nanoseconds: 0)
    private(set) var actions: [ListWatchAction] = []
    private(set) var requests: [ListWatchRequest] = []

    init(_ kind: Kind = .service, _ options: ListWatchOptions = ListWatchOptions()) {
        machine = ListWatch(kind, options, random: SeededGenerator(seed: 5))
        give(.start)
    }

    mutating func give(_ inputs: ListWatchInput...) {
        actions = []
        for input in inputs { actions += machine.handle(input, at: now) }
        for action in actions {
            if case .request(let request) = action { requests.append(request) }
        }
    }

    /// Lets the time come that the machine waits for; how long that took.
    @discardableResult
    mutating func wait() -> Duration {
        let start = now
        now = max(now, machine.deadline ?? now)
        give(.time)
        return now - start
    }

    /// Brings the machine to a watch from version 10, by a stream.
    mutating func watch() {
        give(.opened, .item(nil), .event(.bookmark(version: "10", endsInitialEvents: true)))
    }

    var request: ListWatchRequest? { requests.last }

    /// What is done with objects.
    var effects: [ListWatchAction] {
        actions.filter {
            switch $0 {
            case .request, .cancel, .abandon, .requestCheck, .cancelCheck, .report,
                .reloadCredentials:
                false
            default: true
            }
        }
    }

    var reports: [Report] {
        actions.compactMap { if case .report(let report) = $0 { report } else { nil } }
    }

    var isWatching: Bool { if case .watching = machine.phase { true } else { false } }
}

extension ListMeta {
    init(_ version: String, next: String = "") {
        self.init()
        resourceVersion = version
        continuation = next
    }
}

extension Refusal {
    init(_ status: Int, reason: String = "", message: String = "", retryAfter: Duration? = nil) {
        var body = ServerStatus()
        (body.code, body.reason, body.message) = (Int32(status), reason, message)
        self.init(status, body, retryAfter: retryAfter)
    }
}
