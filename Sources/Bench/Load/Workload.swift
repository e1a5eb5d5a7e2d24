/// What a client does to a server, over and over.
package enum Workload: Hashable, Sendable {
    /// A new TCP connection: from the SYN until the client knows it as established.
    case connect
    /// A new TCP connection, a request on it, and the first byte of the answer.
    case firstByte(Request = .echo)
    /// A request and its answer on a TCP connection that is open.
    case request
    /// A UDP datagram and its answer.
    case datagram(Request = .echo)
    /// As much as goes through TCP connections, counted where it arrives.
    case bulk
    /// Small UDP datagrams, as many as go through, one way, counted where they arrive.
    case packets
}

extension Workload {
    /// The word for it in results.
    package var name: String {
        switch self {
        case .connect: "connect"
        case .firstByte: "first-byte"
        case .request: "request"
        case .datagram: "datagram"
        case .bulk: "bulk"
        case .packets: "packets"
        }
    }

    /// Whether the client goes on only after the server had its turn.
    var waitsForServer: Bool {
        switch self {
        case .firstByte, .request, .datagram: true
        case .connect, .bulk, .packets: false
        }
    }

    /// Whether servers can take what comes when they like to.
    var isTakenLater: Bool {
        switch self {
        case .connect, .packets: true
        case .firstByte, .request, .datagram, .bulk: false
        }
    }

    /// Whether it makes connections, which a service spreads over its endpoints.
    var makesConnections: Bool {
        switch self {
        case .connect, .firstByte: true
        case .request, .datagram, .bulk, .packets: false
        }
    }

    /// How long an answer is waited for, on networks of this machine.
    ///
    /// A lost SYN is sent again after 1 s, so a lost one is still seen. A datagram that is not
    /// answered holds up its flow; one whose answer comes later counts as answered all the same.
    var patience: Duration {
        switch self {
        case .connect, .firstByte, .request, .bulk: .seconds(2.5)
        case .datagram, .packets: .milliseconds(20)
        }
    }
}
