import Netlink
import Network

extension Route {
    /// A route of a result, to be made on a link.
    init(
        _ route: NetworkResult.Route, via gateway: IPAddress?, flags: NextHopFlags = []
    ) {
        self.init(
            route.destination, via: route.gateway ?? gateway, on: LinkSettings.anyLink,
            flags: flags, table: route.table.map { RouteTable(rawValue: UInt32($0)) } ?? .main,
            origin: .weft, scope: route.scope.map { RouteScope(rawValue: UInt8($0)) },
            metric: UInt32(route.priority ?? 0),
            metrics: Metrics(
                mtu: route.mtu.map(UInt32.init), advertisedMSS: route.advertisedMSS.map(UInt32.init)
            ))
    }
}
