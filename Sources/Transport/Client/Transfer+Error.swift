import CCurl
import Platform

extension Transfer {
    /// What went wrong, in terms of what a person can change; nil when nothing did.
    func error(_ code: CURLcode) -> TransportError? {
        if let verdict { return verdict }
        if code == CURLE_OK { return nil }
        if code == CURLE_OPERATION_TIMEDOUT { return timeOut(at: .now) }
        var cause = Cause(code, easy, detail: easy.words)
        if cause.code == .notConnected, let proxy = pool.endpoint.proxy {
            // A user and a password may precede the host.
            let host = proxy.split(separator: "@").last ?? ""
            cause = Cause(proxy: "\(cause.reason), at the proxy \(host)")
        }
        return TransportError(
            cause.code, phase.operation(pool.endpoint.server), cause.reason,
            remedy: cause.remedy)
    }

    func timeOut(at now: MonotonicTime) -> TransportError {
        let whole = limits.whole.map { begin + $0 <= now } ?? false
        let limit = whole ? limits.whole ?? .zero : phase.limit(limits)
        let reason =
            switch phase {
            case _ where whole: "not done within \(limit)"
            case .connect: "no connection within \(limit)"
            case .wait: "no answer within \(limit)"
            case .receive: "nothing more came for \(limit)"
            }
        let remedy = phase == .connect ? "is the address right, and is the way free?" : nil
        return TransportError(
            .timedOut, phase.operation(pool.endpoint.server), reason, remedy: remedy)
    }
}
