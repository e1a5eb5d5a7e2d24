import CMnl

/// A connection as the kernel tracks it.
package struct ConntrackEntry: Hashable, Sendable {
    /// The direction of the first packet, as it was sent.
    package var original: ConntrackTuple
    /// The direction of the answers, as they are sent: where addresses are translated, not the
    /// mirror image of the first.
    package var reply: ConntrackTuple
    package var status: ConntrackStatus
    package var mark: UInt32
    package var zone: UInt16
    /// Seconds until it is forgotten, unless packets pass before.
    package var timeout: UInt32
    package var tcpState: TCPState?
    /// Tells it from an earlier or later connection between the same ends.
    package internal(set) var id: UInt32?
    /// What passed, where the kernel counts (net.netfilter.nf_conntrack_acct).
    package internal(set) var counters: Counters?

    package struct Counters: Hashable, Sendable {
        package var original = Passed()
        package var reply = Passed()
    }

    /// What passed in one direction.
    package struct Passed: Hashable, Sendable {
        package var packets: UInt64 = 0
        package var bytes: UInt64 = 0
    }

    package init(
        _ original: ConntrackTuple, reply: ConntrackTuple? = nil,
        status: ConntrackStatus = [], mark: UInt32 = 0, zone: UInt16 = 0, timeout: UInt32,
        tcpState: TCPState? = nil
    ) {
        self.original = original
        self.reply = reply ?? original.reversed
        self.status = status
        self.mark = mark
        self.zone = zone
        self.timeout = timeout
        self.tcpState = tcpState
    }
}
