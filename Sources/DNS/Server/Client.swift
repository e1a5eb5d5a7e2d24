package import Network
import Platform

/// Who asks, and how.
package struct Client: Hashable, Sendable {
    package var address: IPAddress
    package var transport: Transport
    /// For the log only.
    package var port: Port

    package init(_ address: IPAddress, _ transport: Transport, port: Port = 0) {
        self.address = address
        self.transport = transport
        self.port = port
    }

    package enum Transport: UInt8, Hashable, Sendable {
        case udp
        case tcp
        case tls
    }
}

/// What is to be done after a message has been looked at.
package enum Disposition: Sendable {
    /// The reply is written, so many octets long.
    case reply(Int)
    /// The reply is written, and the answer is to be asked for anew.
    case replyAndRefresh(Int, PendingQuestion)
    /// The first message of a zone is written, and others follow; only over streams.
    case replyAndTransfer(Int, ZoneTransfer)
    /// Nothing is said to it.
    case drop
    /// Somebody else has to be asked first.
    case later(PendingQuestion)
}

/// A question that waits for an answer from elsewhere.
package struct PendingQuestion: Sendable {
    /// The message, as it came.
    package let message: [UInt8]
    package let client: Client
    /// Aliases that lead from the question's name to the one that is looked up.
    package var aliases: [Record]
    package let lookup: DomainName
    package let type: RecordType
    /// Who asks, of the configuration that the question was read under.
    let resolver: Resolver?
    /// The resolver's pools to ask, one after the other while they leave it to the next.
    package var pools: [Int]
    /// Where the answer is kept.
    package let cache: Int?
    /// The longest reply that the client takes.
    package var limit: Int
    /// What the client gets for the cookie it sent.
    var cookie: ServerCookie?
    /// What is changed in the reply before the client gets it.
    var changes: [ReplyChange] = []
    /// What is asked one after the other while a name does not exist.
    var alternatives: [PendingQuestion] = []
    /// The whole reply if none of all these exists; empty for the first's.
    var lastResort: [UInt8] = []
    package var accounting = Accounting()

    /// What is to be noted once there is a reply.
    package struct Accounting: Sendable {
        /// The place of the zone's counts.
        var zone = 0
        var arrived = MonotonicTime.now
        var block: ServedBlock?
        /// Whether names are tried on the client's behalf.
        var isSearch = false
    }
}
