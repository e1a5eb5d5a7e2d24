import CMnl
package import Platform

/// A change of a namespace's tracked connections.
package enum ConntrackEvent: Hashable, Sendable {
    case created(ConntrackEntry)
    case updated(ConntrackEntry)
    case destroyed(ConntrackEntry)
    case overrun

    /// The changes that are told.
    package struct Group: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) { self.rawValue = rawValue }

        private init(_ group: nfnetlink_groups) { rawValue = group.rawValue }

        package static let created = Group(NFNLGRP_CONNTRACK_NEW)
        package static let updated = Group(NFNLGRP_CONNTRACK_UPDATE)
        package static let destroyed = Group(NFNLGRP_CONNTRACK_DESTROY)
    }
}

extension ConntrackEvent: Notification {
    package static var family: NetlinkSocket.Family { .netfilter }

    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let entry = try ConntrackEntry(message) else { return nil }
        let isNew = message.flags & UInt16(NLM_F_CREATE) != 0
        switch Int(message.type) {
        case IPCTNL_MSG_CT_DELETE.messageType: self = .destroyed(entry)
        default: self = isNew ? .created(entry) : .updated(entry)
        }
    }
}
