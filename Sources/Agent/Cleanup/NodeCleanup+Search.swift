import CNI
import NFTables
import Netlink
import Network
import Platform

extension NodeCleanup {
    /// The plugins' configuration, as far as an agent wrote it.
    func files() throws(PlatformError) -> [OwnedObject] {
        let directory = settings.files.directory
        var paths: [String] = []
        if try isOurs(settings.files.path, Conflist.isOurs) { paths.append(settings.files.path) }
        if try isOurs(settings.files.rangeFile, { RangeDocument($0) != nil }) {
            paths.append(settings.files.rangeFile)
        }
        let left = try names(in: directory).filter { $0.hasPrefix(File.temporaryPrefix) }
        return (paths + left.map { "\(directory)/\($0)" }).map(OwnedObject.file)
    }

    private func isOurs(
        _ path: String, _ wrote: ([UInt8]) -> Bool
    ) throws(PlatformError) -> Bool {
        guard try File.status(path)?.kind == .file else { return false }
        return wrote(try File.read(path))
    }

    private func names(in directory: String) throws(PlatformError) -> [String] {
        try File.status(directory)?.kind == .directory ? try Directory.list(directory) : []
    }

    /// Routes between nodes; those to pods go with the pods' links.
    mutating func routes() throws(NetlinkError) -> [OwnedObject] {
        var routes: [Route] = []
        for family in IPFamily.allCases {
            routes += try routing.list(.routes(family, origin: .weft))
        }
        return routes.filter { $0.origin == .weft && !$0.isPodRoute }.map(OwnedObject.route)
    }

    mutating func links() throws(NetlinkError) -> [OwnedObject] {
        try routing.list(.links).compactMap { link in
            guard let alias = link.alias, alias.hasPrefix(LinkOwner.mark) else { return nil }
            let isPod = link.kind == .veth
            if isPod, !settings.takesPods { return nil }
            return .link(link.index, name: link.name, alias: alias)
        }
    }

    /// Those that the node's own DNS server has on the loopback, where it could make no link.
    mutating func addresses() throws(NetlinkError) -> [OwnedObject] {
        try routing.list(.addresses(nil, on: .loopback)).filter { $0.origin == .weft }
            .map { .address($0, on: "lo") }
    }

    /// All of Weft's tables have names that begin alike.
    mutating func tables() throws(NFTablesError) -> [OwnedObject] {
        try ruleset.tables(nil).map(\.name).filter { $0.name.hasPrefix("weft-") }
            .map(OwnedObject.table)
    }

    /// The leases of pods whose links are Weft's.
    func leases() throws -> [OwnedObject] {
        guard settings.takesPods else { return [] }
        return try LeaseFolder.all(in: settings.dataDirectory).flatMap { folder in
            try folder.entries().filter { $0.hostLink != nil }
                .map { .lease($0.address, network: folder.network) }
        }
    }

    /// The sockets of programs, and their directory if nothing else is left in it.
    func runFiles(besides files: [OwnedObject]) throws(PlatformError) -> [OwnedObject] {
        let directory = settings.runDirectory
        guard try File.status(directory)?.kind == .directory else { return [] }
        var sockets: [OwnedObject] = []
        var isEmpty = true
        for path in try Directory.list(directory).map({ "\(directory)/\($0)" }) {
            if try File.linkStatus(path)?.kind == .socket {
                sockets.append(.socket(path))
            } else if !files.contains(.file(path)) {
                isEmpty = false
            }
        }
        return sockets + (isEmpty ? [.directory(directory)] : [])
    }
}

extension Route {
    /// Whether it leads to a pod of this node: to a link, by no gateway.
    fileprivate var isPodRoute: Bool {
        type == .unicast && hops.allSatisfy { $0.gateway == nil }
    }
}
