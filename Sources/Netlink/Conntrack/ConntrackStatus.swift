import CMnl

/// What the kernel knows about a tracked connection.
package struct ConntrackStatus: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ status: ip_conntrack_status) { rawValue = UInt32(status.rawValue) }

    /// Packets were seen in both directions.
    package static let seenReply = ConntrackStatus(IPS_SEEN_REPLY)
    /// Not dropped early when the table is full.
    package static let assured = ConntrackStatus(IPS_ASSURED)
    package static let confirmed = ConntrackStatus(IPS_CONFIRMED)
    package static let sourceTranslated = ConntrackStatus(IPS_SRC_NAT)
    package static let destinationTranslated = ConntrackStatus(IPS_DST_NAT)
    package static let dying = ConntrackStatus(IPS_DYING)
    /// What the kernel concludes about translation, and that it has: IPS_NAT_MASK and more.
    package static let translated = ConntrackStatus(IPS_NAT_MASK).union(.init(IPS_NAT_DONE_MASK))
    package static let offloaded = ConntrackStatus(IPS_OFFLOAD)
}

/// Where a TCP connection stands, as the kernel follows it.
package struct TCPState: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ state: tcp_conntrack) { rawValue = UInt8(truncatingIfNeeded: state.rawValue) }

    package static let none = TCPState(TCP_CONNTRACK_NONE)
    package static let synSent = TCPState(TCP_CONNTRACK_SYN_SENT)
    package static let synReceived = TCPState(TCP_CONNTRACK_SYN_RECV)
    package static let established = TCPState(TCP_CONNTRACK_ESTABLISHED)
    package static let finWait = TCPState(TCP_CONNTRACK_FIN_WAIT)
    package static let closeWait = TCPState(TCP_CONNTRACK_CLOSE_WAIT)
    package static let lastAck = TCPState(TCP_CONNTRACK_LAST_ACK)
    package static let timeWait = TCPState(TCP_CONNTRACK_TIME_WAIT)
    package static let closed = TCPState(TCP_CONNTRACK_CLOSE)
}
