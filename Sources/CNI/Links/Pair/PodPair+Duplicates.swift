import Netlink
import Network
import Platform

extension PodPair {
    /// Longer than detection takes: a random second at first, then one more for each question.
    private static let patience = Duration.seconds(5)

    /// Waits until the kernel is sure that nobody else has the container's addresses.
    func awaitAddresses(
        on link: LinkIndex, _ pod: PodCall, _ namespace: borrowing NetworkNamespace
    ) throws(CNIError) {
        let deadline = MonotonicTime.now + Self.patience
        while true {
            let addresses = try reporting { () throws(NetlinkError) in
                try pod.inside.use(namespace) { (socket: inout RouteSocket) throws(NetlinkError) in
                    try socket.list(.addresses(.v6, on: link))
                }
            }
            if let taken = addresses.first(where: { $0.flags.contains(.duplicate) }) {
                throw CNIError(
                    .addressNotAvailable, "another host on the link has \(taken.address.address)",
                    details: "find and stop it, or set enabledad to false")
            }
            if !addresses.contains(where: { $0.flags.contains(.tentative) }) { return }
            if MonotonicTime.now > deadline {
                throw CNIError(
                    .tryAgainLater, "duplicate-address detection on \(interface) does not end",
                    details: "5 seconds have passed")
            }
            sleep(for: .milliseconds(10))
        }
    }
}
