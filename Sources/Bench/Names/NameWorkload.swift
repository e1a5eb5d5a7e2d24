import Network

/// A way to ask servers.
struct NameWorkload: Hashable, Sendable {
    let way: Way
    let questions: QuestionKind
    let family: IPFamily
    let transport: NameTransport
    private let settings: NameSettings

    enum Way: String, Hashable, Sendable {
        /// As many questions as are answered.
        case saturated
        /// A fixed number of questions each second.
        case paced
        /// The same while endpoints change.
        case churn
    }

    init(
        _ way: Way, _ questions: QuestionKind, _ settings: NameSettings, family: IPFamily = .v4,
        transport: NameTransport = .udp
    ) {
        self.way = way
        self.questions = questions
        self.family = family
        self.transport = transport
        self.settings = settings
    }

    var name: String { way.rawValue }

    var circumstances: [Identity.Circumstance] {
        [
            .init("questions", questions.rawValue), .init("family", family == .v4 ? "v4" : "v6"),
            .init("transport", transport.rawValue),
        ]
    }

    /// Connections are few, as a node's cache has them to its upstream.
    private static let connections = 8

    func plan(for target: AddressAndPort) -> AskingPlan {
        let rate = settings.rate / (transport == .tcp ? 4 : 1)
        let pace: AskingPlan.Pace =
            way == .saturated
            ? .saturated(outstanding: settings.outstanding) : .paced(perSecond: Double(rate))
        var plan = AskingPlan(target, pace, for: settings.duration)
        plan.transport = transport
        plan.threads = settings.loaders
        plan.sockets = transport == .tcp ? Self.connections : settings.sockets
        return plan
    }
}
