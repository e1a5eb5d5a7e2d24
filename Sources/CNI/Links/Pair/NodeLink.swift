import Netlink
import Network

/// The host's end of an attachment's link, as CHECK finds it.
struct NodeLink: Sendable {
    private let state: LinkState

    var link: Link { state.link }

    init(_ host: NodeEnd) throws(CNIError) {
        let state = try reporting { () throws(NetlinkError) in
            var socket = try RouteSocket()
            return try LinkState(.name(host.name), &socket)
        }
        guard let state else { throw CNIError.checkFailed("the host has no link \(host.name)") }
        guard host.owns(state.link) else {
            throw CNIError.checkFailed(
                "\(host.name) is not this pod's: its alias is \"\(state.link.alias ?? "")\"")
        }
        self.state = state
    }

    /// Throws when the two are not the ends of one pair.
    func checkConnection(to container: Link) throws(CNIError) {
        guard link.lower == container.index, container.lower == link.index else {
            throw CNIError.checkFailed(
                "\(link.name) is not the other end of \(container.name) in the container")
        }
    }

    func check(_ settings: LinkSettings) throws(CNIError) {
        try state.checkUp()
        try state.check(settings)
    }
}
