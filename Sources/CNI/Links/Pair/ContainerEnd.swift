import Netlink
import Network
import Platform

/// The container's end of an attachment's link, as CHECK finds it.
struct ContainerEnd: Sendable {
    private let state: LinkState

    var link: Link { state.link }

    /// Reads the end, which must be the one of the result.
    init(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let name = pod.attachment.interface
        guard let place = result.place(of: pod) else {
            throw CNIError(
                .checkFailed, "prevResult has no interface \(name) in the container",
                details: "CHECK needs the result of ADD")
        }
        let state = try Self.read(name, pod)
        guard let state else { throw CNIError.checkFailed("the container has no \(name)") }
        guard state.link.kind == .veth else {
            throw CNIError.checkFailed("\(name) in the container is no veth link")
        }
        if let mac = result.interfaces[place].mac, state.link.address != MACAddress(mac) {
            throw CNIError.checkFailed(
                "\(name) has the address \(state.link.address ?? .zero), not \(mac)")
        }
        self.state = state
    }

    private static func read(
        _ name: InterfaceName, _ pod: PodCall
    ) throws(CNIError) -> LinkState? {
        let namespace = try pod.namespace()
        do throws(NetlinkError) {
            var socket = try RouteSocket(in: namespace)
            return try LinkState(.name(name), &socket)
        } catch {
            throw CNIError(error)
        }
    }

    /// Throws when the end is down or lacks something.
    func check(_ settings: LinkSettings) throws(CNIError) {
        try state.checkUp()
        try state.check(settings)
    }
}
