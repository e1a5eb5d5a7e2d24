/// How far a request has come.
enum Phase: Hashable, Sendable {
    case connect
    /// The request is under way to the server.
    case wait
    /// The answer's head has come.
    case receive
}

extension Phase {
    func limit(_ limits: TimeLimits) -> Duration {
        switch self {
        case .connect: limits.connect
        case .wait: limits.head
        case .receive: limits.silence
        }
    }

    /// What is done in this phase, as an error says it.
    func operation(_ server: ServerAddress) -> String {
        switch self {
        case .connect: "connect to \(server.authority)"
        case .wait: "wait for an answer of \(server.authority)"
        case .receive: "read the answer of \(server.authority)"
        }
    }
}
