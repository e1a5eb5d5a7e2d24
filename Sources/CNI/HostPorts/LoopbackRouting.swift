import Netlink
import Network
import Platform

/// Lets the node's connections from 127.0.0.0/8 leave through the links that pods are on.
enum LoopbackRouting {
    /// Sets route_localnet, which the kernel has for IPv4 only; the table's guard drops what could
    /// come in because of it.
    static func allow(to ports: [HostPort]) throws(CNIError) {
        let reachable = ports.filter { $0.family == .v4 && ($0.address?.isLoopback ?? true) }
        for pod in Set(reachable.map(\.pod.address)) {
            guard let link = try link(towards: pod) else { continue }
            do throws(PlatformError) {
                let setting = Sysctl("net/ipv4/conf/\(link)/route_localnet")
                if try setting.read() != "1" { try setting.write("1") }
            } catch {
                throw CNIError(error)
            }
        }
    }

    /// The link that an address is on; nil when it is reached through a gateway or not at all.
    private static func link(towards address: IPAddress) throws(CNIError) -> String? {
        do throws(NetlinkError) {
            var socket = try RouteSocket()
            let route = try socket.find(.route(to: address))
            guard let route, route.type == .unicast, let hop = route.hops.first,
                hop.gateway == nil, let link = hop.link
            else { return nil }
            return try socket.find(.link(.index(link)))?.name
        } catch  where error.errno != nil {
            // No route leads there.
            return nil
        } catch {
            throw CNIError(error)
        }
    }
}
