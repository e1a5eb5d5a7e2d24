import Netlink
import Network
import Platform

/// What the kernel holds for a link, to be compared with what ADD gave it.
struct LinkState: Sendable {
    let link: Link
    let addresses: [InterfaceAddress]
    let routes: [Route]

    /// Reads a link; nil when there is none.
    init?(_ link: LinkSelector, _ socket: inout RouteSocket) throws(NetlinkError) {
        guard let link = try socket.find(.link(link)) else { return nil }
        self.link = link
        addresses = try socket.list(.addresses(nil, on: link.index))
        var routes: [Route] = []
        for family in IPFamily.allCases {
            routes += try socket.list(.routes(family, on: link.index))
        }
        self.routes = routes
    }
}

extension LinkState {
    /// Throws when an address or a route is missing.
    func check(_ settings: LinkSettings) throws(CNIError) {
        for wanted in settings.addresses {
            let isThere = addresses.contains {
                $0.address == wanted.address && !$0.flags.contains(.duplicate)
            }
            guard isThere else { throw missing("address \(wanted.address)") }
        }
        for wanted in settings.bound(to: link.index) {
            guard routes.contains(where: { $0.serves(wanted) }) else {
                throw missing("route \(wanted)")
            }
        }
    }

    func checkUp() throws(CNIError) {
        if !link.isUp { throw CNIError.checkFailed("\(link.name) is down") }
    }

    private func missing(_ what: String) -> CNIError {
        .checkFailed("\(link.name) has not the \(what)")
    }
}

extension Route {
    /// Whether packets that the other one is for go by this one the same way.
    fileprivate func serves(_ other: Route) -> Bool {
        guard destination == other.destination, table == other.table else { return false }
        return other.hops.allSatisfy { wanted in
            hops.contains { $0.gateway == wanted.gateway && $0.link == wanted.link }
        }
    }
}

extension CNIError {
    static func checkFailed(_ difference: String) -> CNIError {
        CNIError(
            .checkFailed, difference,
            details: "the pod must be made again: DEL and ADD put everything in place")
    }
}
