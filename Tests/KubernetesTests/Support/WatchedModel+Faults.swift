import FuzzSupport
import Platform

@testable import Kubernetes

/// What can go wrong between a server and who watches it.
enum ModelFault: CaseIterable {
    case cut
    case unreachable
    case untrusted
    case wrongContentType
    case halfEvent
    case stall
    case earlyEnd
    case repeatedEvent
    case repeatedOldEvent
    case expired
    case forgotten
    case tooLarge
    case overloaded
    case broken
    case unauthorized
    case forbidden
    case missing
    case bookmark
}

extension WatchedModel {
    mutating func suffer(_ fault: ModelFault) {
        switch fault {
        case .cut: if request != nil { finish(.failed(.interrupted("reset by peer"))) }
        case .unreachable: if isAsking { finish(.failed(.connect("refused"))) }
        case .untrusted: if isAsking { finish(.failed(.tls("expired"))) }
        case .wrongContentType: if isAsking { finish(.failed(.contentType("text/html"))) }
        case .halfEvent: if isOpen { finish(.failed(.stream("an event without an end"))) }
        case .stall: waitForDeadline()
        case .earlyEnd: if isOpen, request?.isWatch == true { finish(.end) }
        case .repeatedEvent: repeatEvent(olderThanLast: false)
        case .repeatedOldEvent: repeatEvent(olderThanLast: true)
        case .expired: refuse(.expired)
        case .forgotten: server.compact(keeping: random.below(4))
        case .tooLarge: refuse(.versionTooLarge)
        case .overloaded: if isAsking { refuse(429, retryAfter: .seconds(random.below(20))) }
        case .broken: refuse(500)
        case .unauthorized: refuse(401)
        case .forbidden: refuse(403)
        case .missing: refuse(404)
        case .bookmark: sendBookmark()
        }
    }

    private var isAsking: Bool { request != nil && !isOpen }

    private mutating func refuse(_ code: Int32, retryAfter: Duration) {
        finish(.refused(Refusal(Int(code), retryAfter: retryAfter)))
    }

    private mutating func refuse(_ code: Int32) {
        var status = ServerStatus()
        status.code = code
        refuse(status)
    }

    /// Sends something again that has been sent before.
    private mutating func repeatEvent(olderThanLast: Bool) {
        guard isWatching, let position = answerPosition,
            let past = try? server.events(after: server.compacted).filter({
                $0.version <= position
            }), let last = past.last
        else { return }
        give(olderThanLast ? past[random.below(past.count)] : last)
    }
}
