import CNftnl
import Netlink

/// Writes the packet to the kernel's log, or hands it to a netlink listener.
package struct PacketLog: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        /// A syslog level, 0 (emergency) to 7 (debug); the flags choose what is printed.
        case kernel(level: UInt32, flags: UInt32)
        /// A netlink group, with as many bytes of the packet and messages per datagram.
        case group(UInt16, snapLength: UInt32?, queueThreshold: UInt16?)
    }

    package var prefix: String?
    package var target: Target

    /// The syslog level nft uses when none is given.
    package static let warning: UInt32 = 4
    /// NF_LOG_PREFIXLEN less the terminating NUL.
    package static let maximumPrefixLength = 127

    package init(prefix: String? = nil, _ target: Target = .kernel(level: warning, flags: 0)) {
        self.prefix = prefix
        self.target = target
    }
}

extension PacketLog: ExpressionCoding {
    static let name = "log"

    func build(_ expression: borrowing ExpressionBuilder) {
        if let prefix { expression.set(NFTNL_EXPR_LOG_PREFIX, prefix) }
        switch target {
        case .kernel(let level, let flags):
            expression.set(NFTNL_EXPR_LOG_LEVEL, level)
            if flags != 0 { expression.set(NFTNL_EXPR_LOG_FLAGS, flags) }
        case .group(let group, let snapLength, let threshold):
            expression.set(NFTNL_EXPR_LOG_GROUP, short: group)
            if let snapLength { expression.set(NFTNL_EXPR_LOG_SNAPLEN, snapLength) }
            if let threshold { expression.set(NFTNL_EXPR_LOG_QTHRESHOLD, short: threshold) }
        }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        self.init(prefix: try attributes.string(NFTA_LOG_PREFIX), try Self.target(attributes))
    }

    private static func target(
        _ attributes: borrowing AttributeTable
    ) throws(NetlinkError) -> Target {
        guard let group: UInt16 = try attributes.number(NFTA_LOG_GROUP) else {
            return .kernel(
                level: try attributes.number(NFTA_LOG_LEVEL) ?? warning,
                flags: try attributes.number(NFTA_LOG_FLAGS) ?? 0)
        }
        return .group(
            group, snapLength: try attributes.number(NFTA_LOG_SNAPLEN),
            queueThreshold: try attributes.number(NFTA_LOG_QTHRESHOLD))
    }
}
