import Netlink
import Network
import Platform

extension RouteSocket {
    /// Waits until packets pass a link, for two seconds at most; false when they do not.
    ///
    /// The end of a pair that is up first drops packets until the kernel's link watch comes round.
    func awaitCarrier(of link: InterfaceName) throws(NetlinkError) -> Bool {
        let deadline = MonotonicTime.now + .seconds(2)
        while try !passesPackets(link) {
            if MonotonicTime.now > deadline { return false }
            sleep(for: .microseconds(200))
        }
        return true
    }
}
