import Network
import Platform

/// The addresses of a pod: what `ipam` of type `weft-ipam` or `host-local` asks for.
package struct AddressPart: Sendable {
    package let settings: AddressSettings
    let network: NetworkConfiguration

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        settings = try AddressSettings(configuration)
        network = configuration
    }
}

extension AddressPart: PluginPart {
    /// A second ADD of an attachment may fail, and the first one's addresses are in use.
    package static var undoesItself: Bool { true }

    package func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        let file = try settings.nodeRanges()
        let sets = try settings.sets(with: file)
        let request = LeaseRequest(
            owner: LeaseOwner(pod.attachment),
            wanted: try settings.requests(pod.arguments, of: sets), rest: settings.rest,
            pod: pod.arguments.pod, hostLink: pod.hostLink,
            isRepeatable: pod.plugin != .hostLocal)
        let store = try LeaseStore(folder, sets)
        let addresses = try store.give(request)
        for (set, address) in zip(sets, addresses) {
            guard let range = set.range(of: address) else { continue }
            result.addresses.append(.init(address, in: range))
        }
        result.routes += settings.routes + (file?.routes ?? [])
        if !settings.dns.isEmpty { result.dns = settings.dns }
    }

    package static func remove(
        _ pod: PodCall, _ configuration: NetworkConfiguration
    ) throws(CNIError) {
        let owner = LeaseOwner(pod.attachment)
        do throws(CNIError) {
            try forEachFolder(configuration) { store throws(CNIError) in
                try store.release(owner)
                try store.release(owner.withoutInterface)
            }
        } catch {
            // Whatever is wrong with the index, the leases tell whose they are.
            for directory in configuration.leaseDirectories {
                try LeaseFolder(directory, network: configuration.name).removeLeases(of: owner)
            }
        }
    }

    package static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        let valid = valid.filter { $0.network == configuration.name }
        let owners = Set(valid.map(LeaseOwner.init))
        let containers = Set(owners.map(\.withoutInterface))
        try forEachFolder(configuration) { store throws(CNIError) in
            try store.look()
            try store.releaseAll(but: owners.union(containers))
        }
    }
}

extension AddressPart {
    var folder: LeaseFolder { LeaseFolder(settings.dataDirectory, network: network.name) }

    /// Does something to the network's leases wherever they may be, one folder after the other.
    private static func forEachFolder(
        _ configuration: NetworkConfiguration,
        _ body: (borrowing LeaseStore) throws(CNIError) -> Void
    ) throws(CNIError) {
        let sets = (try? AddressSettings(configuration))?.currentSets ?? []
        for directory in configuration.leaseDirectories {
            let folder = LeaseFolder(directory, network: configuration.name)
            guard let store = try LeaseStore(existing: folder, sets) else { continue }
            try body(store)
            try store.finish()
        }
    }
}

extension NetworkResult.Address {
    fileprivate init(_ address: IPAddress, in range: LeaseRange) {
        let length = range.subnet.prefixLength
        self.init(
            CIDR(address, prefixLength: length) ?? CIDR(address), gateway: range.gateway)
    }
}
