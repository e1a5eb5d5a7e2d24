package import NFTables
package import Netlink
package import Network

/// Something that Weft has made on a node, and can be told to be its own.
package enum OwnedObject: Hashable, Sendable {
    case file(String)
    case route(Route)
    /// By its number, name and alias.
    case link(LinkIndex, name: String, alias: String)
    /// On a link that is not ours, by its name.
    case address(InterfaceAddress, on: String)
    case table(TableName)
    /// A pod's address, in the folder of its network.
    case lease(IPAddress, network: String)
    case socket(String)
    case directory(String)
}

extension OwnedObject: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path): "file \(path)"
        case .route(let route): "route \(route.type == .blackhole ? "blackhole " : "")\(route)"
        case .link(_, let name, let alias): "link \(name) (\(alias))"
        case .address(let address, let link): "address \(address.address) on \(link)"
        case .table(let name): "nftables table \(name)"
        case .lease(let address, let network): "lease \(address) of network \(network)"
        case .socket(let path): "socket \(path)"
        case .directory(let path): "directory \(path)"
        }
    }
}
