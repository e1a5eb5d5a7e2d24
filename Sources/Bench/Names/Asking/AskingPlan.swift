import Network

/// How a server is asked.
struct AskingPlan: Hashable, Sendable {
    var target: AddressAndPort
    var transport = NameTransport.udp
    var pace: Pace
    var duration: Duration
    /// Sockets that questions come from; servers of several threads spread clients by them.
    var sockets = 16
    /// Threads that ask, each with its part of the sockets.
    var threads = 1
    /// Where the threads run; nil for where the kernel puts them.
    var processor: Int?
    /// How long an answer is waited for.
    var patience = Duration.seconds(1)

    enum Pace: Hashable, Sendable {
        /// As many as are answered: so many are under way at any time.
        case saturated(outstanding: Int)
        /// Each question once, with so many under way at any time.
        case each(outstanding: Int)
        /// So many a second, whatever becomes of them.
        case paced(perSecond: Double)
    }

    init(_ target: AddressAndPort, _ pace: Pace, for duration: Duration) {
        self.target = target
        self.pace = pace
        self.duration = duration
    }
}

enum NameTransport: String, Hashable, Sendable, CaseIterable {
    case udp, tcp
}
