import CNftnl

extension Expression {
    /// The expression as the kernel lists it.
    var normalized: Expression {
        switch self {
        case .limit(var limit):
            if limit.unit == .packets, limit.burst == 0 { limit.burst = Limit.defaultBurst }
            return .limit(limit)
        case .log(var log):
            if case .group(let group, let snapLength, 0) = log.target {
                log.target = .group(group, snapLength: snapLength, queueThreshold: nil)
            }
            return .log(log)
        case .conntrack(var conntrack):
            // Both tuples of a connection have the same protocols.
            let protocols = [NFT_CT_L3PROTOCOL.rawValue, NFT_CT_PROTOCOL.rawValue]
            if protocols.contains(conntrack.key.rawValue) { conntrack.side = nil }
            return .conntrack(conntrack)
        default: return self
        }
    }
}
