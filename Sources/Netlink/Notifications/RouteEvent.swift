import CMnl
package import Platform

/// A change of a namespace's links, addresses, routes, rules or neighbours.
package enum RouteEvent: Hashable, Sendable {
    case link(Change, Link)
    case address(Change, InterfaceAddress)
    case route(Change, Route)
    case rule(Change, RoutingRule)
    case neighbour(Change, Neighbour)
    case forwardingEntry(Change, ForwardingEntry)
    case overrun

    package enum Change: Hashable, Sendable {
        /// New, or with something new about it.
        case set
        case removed
    }

    /// The objects whose changes are told.
    package struct Group: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) { self.rawValue = rawValue }

        private init(_ group: rtnetlink_groups) { rawValue = group.rawValue }

        package static let links = Group(RTNLGRP_LINK)
        package static let addresses4 = Group(RTNLGRP_IPV4_IFADDR)
        package static let addresses6 = Group(RTNLGRP_IPV6_IFADDR)
        package static let routes4 = Group(RTNLGRP_IPV4_ROUTE)
        package static let routes6 = Group(RTNLGRP_IPV6_ROUTE)
        package static let rules4 = Group(RTNLGRP_IPV4_RULE)
        package static let rules6 = Group(RTNLGRP_IPV6_RULE)
        /// Neighbours of both families, and forwarding entries.
        package static let neighbours = Group(RTNLGRP_NEIGH)
    }
}

extension RouteEvent: Notification {
    package static var family: NetlinkSocket.Family { .route }

    package init?(_ message: borrowing Message) throws(NetlinkError) {
        switch Int(message.type) {
        case RTM_NEWLINK: try self.init(message, RouteEvent.link, .set)
        case RTM_DELLINK: try self.init(message, RouteEvent.link, .removed)
        case RTM_NEWADDR: try self.init(message, RouteEvent.address, .set)
        case RTM_DELADDR: try self.init(message, RouteEvent.address, .removed)
        case RTM_NEWROUTE: try self.init(message, RouteEvent.route, .set)
        case RTM_DELROUTE: try self.init(message, RouteEvent.route, .removed)
        case RTM_NEWRULE: try self.init(message, RouteEvent.rule, .set)
        case RTM_DELRULE: try self.init(message, RouteEvent.rule, .removed)
        case RTM_NEWNEIGH: try self.init(neighbour: message, .set)
        case RTM_DELNEIGH: try self.init(neighbour: message, .removed)
        default: return nil
        }
    }

    private init?<Value: MessageDecodable>(
        _ message: borrowing Message, _ event: (Change, Value) -> RouteEvent, _ change: Change
    ) throws(NetlinkError) {
        guard let value = try Value(message) else { return nil }
        self = event(change, value)
    }

    private init?(neighbour message: borrowing Message, _ change: Change) throws(NetlinkError) {
        if let neighbour = try Neighbour(message) {
            self = .neighbour(change, neighbour)
        } else {
            try self.init(message, RouteEvent.forwardingEntry, change)
        }
    }
}
