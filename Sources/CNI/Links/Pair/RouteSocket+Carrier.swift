import Netlink
import Platform

extension RouteSocket {
    /// A link as it is once packets pass it, or after two seconds without.
    ///
    /// The end of a pair that is up first drops packets until the kernel's link watch comes round.
    /// Since Linux 6.7 asking for the link is enough to bring it round at once.
    mutating func connectedLink(_ index: LinkIndex) throws(NetlinkError) -> Link {
        let deadline = MonotonicTime.now + .seconds(2)
        while true {
            guard let link = try find(.link(.index(index))) else {
                throw NetlinkError(.refused(.noDevice), "await carrier of link", "\(index)")
            }
            if link.state == .up || MonotonicTime.now > deadline { return link }
            sleep(for: .microseconds(200))
        }
    }
}
