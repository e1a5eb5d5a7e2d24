import Platform

/// Decides when a plugin is run: once for as long as its credential lasts.
struct PluginMachine: Sendable {
    private var state = State.empty

    private enum State: Sendable {
        case empty
        case ready(PluginCredential, since: MonotonicTime)
        case failed(CredentialsError, since: MonotonicTime)
    }

    enum Step: Hashable {
        case use(PluginCredential)
        case run
        case fail(CredentialsError)
    }

    /// Between two runs, so that a plugin that fails, or whose credentials are stillborn, is not
    /// started for every request.
    static let pause = Duration.seconds(10)

    func step(_ now: Moment) -> Step {
        switch state {
        case .empty: return .run
        case .ready(let credential, let since):
            let isExpired = credential.expires.map { now.wall >= $0 } ?? false
            return isExpired && now.monotonic - since >= Self.pause ? .run : .use(credential)
        case .failed(let error, let since):
            return now.monotonic - since >= Self.pause ? .run : .fail(error)
        }
    }

    mutating func took(_ credential: PluginCredential, _ now: Moment) {
        state = .ready(credential, since: now.monotonic)
    }

    mutating func failed(_ error: CredentialsError, _ now: Moment) {
        state = .failed(error, since: now.monotonic)
    }

    /// The server refused the credential.
    mutating func rejected() {
        if case .ready = state { state = .empty }
    }
}
