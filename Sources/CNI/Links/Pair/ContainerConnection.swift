import Netlink
import Platform
import Synchronization

/// The rtnetlink connection into the container's namespace that one call has.
///
/// A socket stays in the namespace that it was opened in: whoever uses it need not go there.
package final class ContainerConnection: Sendable {
    private let socket = Mutex<RouteSocket?>(nil)

    package init() {}

    /// Lends the connection, which is opened with its first use.
    func use<Value>(
        _ namespace: borrowing NetworkNamespace,
        _ body: (inout RouteSocket) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> Value {
        try socket.withLock { (held: inout RouteSocket?) throws(NetlinkError) in
            var socket: RouteSocket
            if let open = held.take() {
                socket = open
            } else {
                socket = try RouteSocket(in: namespace)
            }
            do throws(NetlinkError) {
                let value = try body(&socket)
                held = consume socket
                return value
            } catch {
                held = consume socket
                throw error
            }
        }
    }
}
