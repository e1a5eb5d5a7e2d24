import CNI
import NFTables
import Netlink
import Network
import Platform

/// Removes what Weft has made on a node, and nothing that others have.
///
/// Objects of the kernel carry marks of Weft's; files are told by their content.
package struct NodeCleanup: ~Copyable {
    let settings: CleanupSettings
    var routing: RouteSocket
    var ruleset: KernelRuleset

    /// Works in the network namespace of the caller.
    package init(_ settings: CleanupSettings) throws(AgentError) {
        do {
            let routing = try RouteSocket()
            ruleset = try KernelRuleset()
            self.routing = routing
        } catch {
            throw AgentError(.machine, "reach the node's network", "\(error)")
        }
        self.settings = settings
    }

    /// All there is to remove, in an order in which nothing is missed by what still runs: no pod is
    /// begun that would not be finished, and no packet is led where nobody takes it.
    package mutating func find() throws(AgentError) -> [OwnedObject] {
        do {
            let files = try files()
            return files + (try routes()) + (try links()) + (try addresses()) + (try tables())
                + (try leases()) + (try runFiles(besides: files))
        } catch {
            throw AgentError(.machine, "look for what Weft has made", "\(error)")
        }
    }

    /// Removes one object; what is gone already is no failure.
    package mutating func remove(_ object: OwnedObject) throws(AgentError) {
        do {
            switch object {
            case .file(let path), .socket(let path): try File.remove(path)
            case .route(let route): try change(.delete(route))
            case .link(let link, _, _): try change(.delete(.index(link)))
            case .address(let address, _): try change(.delete(address))
            case .table(let name): try delete(name)
            case .lease(let address, let network): try release(address, network)
            case .directory(let path): try Directory.remove(path)
            }
        } catch {
            throw AgentError(.machine, "remove \(object)", "\(error)")
        }
    }
}

extension NodeCleanup {
    private mutating func change(_ request: Request) throws(NetlinkError) {
        do throws(NetlinkError) {
            try routing.run(request)
        } catch  where [.noSuchProcess, .noDevice, .addressNotAvailable].contains(error.errno) {
            // It went with what it was on.
        }
    }

    private mutating func delete(_ table: TableName) throws(NFTablesError) {
        var transaction = Transaction()
        transaction.delete(table)
        do throws(NFTablesError) {
            try ruleset.apply(transaction)
        } catch  where error.errno == .noSuchEntry {
            // Its owner has ended.
        }
    }

    private func release(_ address: IPAddress, _ network: String) throws(CNIError) {
        _ = try LeaseFolder(settings.dataDirectory, network: network).release(address)
    }
}
