import Network

/// What a Corefile comes to on this machine, before anything runs.
package struct ServerPlan: Sendable {
    /// Which blocks answer where.
    package var points: [ListeningPoint: [Served]] = [:]
    package var blocks: [Block] = []
    /// Of all blocks; routes refer to them by number.
    package var pools: [ForwardSettings] = []

    /// A block of the file for one of its zones.
    package struct Served: Hashable, Sendable {
        package var block: Int
        package var zone: DomainName
    }

    /// What a block needs that runs.
    package struct Block: Sendable {
        package var options: ServerBlock
        package var cluster: ClusterSettings?
        package var routes: [UpstreamPath.Route] = []
        package var cache: CacheSettings?
        package var cachedZones: [DomainName] = []
        /// Both are there once their files were read.
        package var hosts: HostNames?
        package var files: ZoneFiles?
        /// What names are tried with on behalf of clients, behind what they have of their own.
        package var searchDomains: [DomainName] = []
    }
}

extension ServerPlan {
    package init(_ file: Corefile, _ surroundings: Surroundings) throws(DNSError) {
        for server in file.servers {
            var block = Block(options: server)
            block.cluster = try server.kubernetes.map { options throws(DNSError) in
                try ClusterSettings(options)
            }
            for forward in server.forwards {
                try add(forward, to: &block, surroundings)
            }
            if let cache = server.cache {
                block.cache = CacheSettings(cache)
                block.cachedZones = cache.zones.filter { !server.zones.contains($0) }
            }
            if let autopath = server.autopath {
                block.searchDomains = try Self.domains(autopath.source, surroundings)
            }
            try place(server, number: blocks.count, surroundings)
            blocks.append(block)
        }
        try checkRateLimits()
    }

    private mutating func place(
        _ server: ServerBlock, number: Int, _ surroundings: Surroundings
    ) throws(DNSError) {
        let addresses = try Self.addresses(server.binds, surroundings)
        for key in server.keys {
            for address in addresses {
                let point = ListeningPoint(AddressAndPort(address, key.port), key.scheme)
                points[point, default: []].append(Served(block: number, zone: key.zone))
            }
        }
    }

    private static func domains(
        _ source: AutopathOptions.Source, _ surroundings: Surroundings
    ) throws(DNSError) -> [DomainName] {
        let text =
            switch source {
            // Without such a file, pods have no domains of their host.
            case .kubernetes: (try? surroundings.read("/etc/resolv.conf")) ?? []
            case .resolverFile(let path): try surroundings.read(path)
            }
        let search = ResolverConfiguration(text).search
        return Array(search.prefix(SearchList.mostDomains))
    }

    /// The addresses to listen at: those that are named, else all.
    private static func addresses(
        _ binds: [BindOptions], _ surroundings: Surroundings
    ) throws(DNSError) -> [IPAddress] {
        guard !binds.isEmpty else {
            return IPAddress.unspecifiedOfEach.filter { surroundings.families.contains($0.family) }
        }
        var addresses: [IPAddress] = []
        for bind in binds {
            let exceptions = try resolve(bind.exceptions, surroundings)
            addresses += try resolve(bind.targets, surroundings)
                .filter { !exceptions.contains($0) && !addresses.contains($0) }
        }
        return addresses
    }

    private static func resolve(
        _ targets: [BindOptions.Target], _ surroundings: Surroundings
    ) throws(DNSError) -> [IPAddress] {
        var addresses: [IPAddress] = []
        for target in targets {
            switch target {
            case .address(let address): addresses.append(address)
            case .interface(let name):
                let found = try surroundings.addresses(name)
                guard !found.isEmpty else {
                    throw DNSError(
                        .configuration, "listen at the interface \(name)",
                        "it does not exist here or has no address")
                }
                addresses += found
            }
        }
        return addresses
    }
}

extension IPAddress {
    /// All of one family's own addresses, for each family.
    fileprivate static var unspecifiedOfEach: [IPAddress] {
        [.v4(IPv4Address(rawValue: 0)), .v6(IPv6Address(high: 0, low: 0))]
    }
}

extension ServerPlan {
    /// Reads the files that are looked at on their own, which change without a change of the plan.
    package mutating func readFiles(_ surroundings: Surroundings) throws(DNSError) {
        for number in blocks.indices {
            let options = blocks[number].options
            blocks[number].hosts = try options.hosts.map { hosts throws(DNSError) in
                try HostNames(hosts, surroundings)
            }
            blocks[number].files = try ZoneFiles(options.files, surroundings)
        }
    }

    /// All files that are to be looked at from time to time.
    var files: [any RereadFile] {
        blocks.flatMap { block -> [any RereadFile] in
            (block.hosts.map { [$0.table] } ?? []) + (block.files?.zones.map(\.file) ?? [])
        }
    }
}
