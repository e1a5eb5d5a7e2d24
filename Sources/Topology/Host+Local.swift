import Netlink
import Network

extension Host {
    /// Waits until each of the host's IPv6 addresses is its own for packets, too.
    ///
    /// The kernel makes the local route of an address that needs no duplicate detection in a work
    /// queue (addrconf_dad_work), which waits for a lock that all namespaces share. What comes before
    /// is forwarded, and dropped without a word as a socket here waits for it.
    package func awaitLocalRoutes() throws {
        var socket = try routes()
        try wait("have local routes for all of its addresses") {
            let routes = Set(
                try socket.list(.routes(.v6, table: .local, type: .local)).map {
                    Place(address: $0.destination.address, link: $0.hops.first?.link)
                })
            return try socket.list(.addresses()).allSatisfy {
                $0.address.family == .v4 || $0.link == .loopback
                    || routes.contains(Place(address: $0.address.address, link: $0.link))
            }
        }
    }

    private struct Place: Hashable {
        let address: IPAddress
        let link: LinkIndex?
    }
}
