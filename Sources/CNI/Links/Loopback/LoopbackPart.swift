import Netlink
import Network
import Platform

/// The reference plugin `loopback`: the container's own loopback link (C43).
package struct LoopbackPart: PluginPart {
    package init(_ configuration: NetworkConfiguration) throws(CNIError) {}

    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        let state = try Self.change(.up, try pod.namespace())
        if let other = state.addresses.first(where: { !$0.address.address.isLoopback }) {
            throw CNIError(
                .invalidConfiguration,
                "lo has the address \(other.address), which is no loopback's",
                details: "remove it, or let whoever put it there switch the link on")
        }
        // What was made before is passed on as it came.
        guard result == NetworkResult() else { return }
        result.interfaces = [
            NetworkResult.Interface(
                "lo", mac: "\(state.link.address ?? .zero)", sandbox: pod.namespacePath)
        ]
        result.addresses = state.addresses.map {
            NetworkResult.Address($0.address, interface: 0)
        }
    }

    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let state = try Self.state(try pod.namespace())
        try state.checkUp()
    }

    /// Switches the link off: what has no namespace any more has no link either.
    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        guard let namespace = pod.remainingNamespace() else { return }
        _ = try change(.down, namespace)
    }

    /// Nothing of it is outside of containers.
    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {}
}

extension LoopbackPart {
    private static func change(
        _ change: LinkChange, _ namespace: borrowing NetworkNamespace
    ) throws(CNIError) -> LinkState {
        do throws(NetlinkError) {
            var socket = try RouteSocket(in: namespace)
            try socket.run(.change(.index(.loopback), change))
        } catch {
            throw CNIError(error)
        }
        return try state(namespace)
    }

    private static func state(
        _ namespace: borrowing NetworkNamespace
    ) throws(CNIError) -> LinkState {
        let state: LinkState?
        do throws(NetlinkError) {
            var socket = try RouteSocket(in: namespace)
            state = try LinkState(.index(.loopback), &socket)
        } catch {
            throw CNIError(error)
        }
        guard let state else { throw CNIError.checkFailed("the container has no loopback link") }
        return state
    }
}
