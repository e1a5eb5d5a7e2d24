import Network

/// The keys of `ipam`, read and checked.
package struct AddressSettings: Sendable {
    /// The folder with a folder of leases for each network.
    package let dataDirectory: String
    /// How long a released address rests before it is given again.
    package let rest: Duration
    package let routes: [NetworkResult.Route]
    package let dns: NetworkResult.DNS
    /// The addresses that the configuration and the runtime ask for.
    let requested: [RequestedAddress]
    /// The file with the node's own ranges.
    let rangeFile: String?
    private let ownSets: [RangeSet]
    private let version: ProtocolVersion
    private let ranges: Setting

    /// Where host-local keeps its leases unless told otherwise.
    package static let standardDataDirectory = "/var/lib/cni/networks"

    package init(_ configuration: NetworkConfiguration) throws(CNIError) {
        let settings = try configuration.settings.section("ipam")
        dataDirectory = try settings.dataDirectory() ?? Self.standardDataDirectory
        let isHostLocal = try settings["type"].string() == PluginName.hostLocal.rawValue
        let rest = try settings["restSeconds"].integer(in: 0...Self.longestRest)
        self.rest = .seconds(rest ?? (isHostLocal ? 0 : Self.usualRest))
        dns = try NetworkResult.DNS(resolverFileAt: settings["resolvConf"])
        var routes: [NetworkResult.Route] = []
        for element in try settings["routes"].elements() ?? [] {
            routes.append(try NetworkResult.Route(element))
        }
        self.routes = routes
        requested = try RequestedAddress.list(configuration)
        rangeFile = try settings["rangeFile"].string()
        version = configuration.version
        ranges = settings["ranges"]
        ownSets = try Self.sets(settings, configuration.runtime)
        try RangeSet.check(ownSets, at: ranges, in: version)
        if ownSets.isEmpty, rangeFile == nil {
            throw ranges.wrong("no ranges: give ipam.ranges, ipam.subnet or ipam.rangeFile")
        }
    }

    /// What is still under way to the last holder when it lets go has arrived by then.
    private static let usualRest = 5
    /// A day: who waits longer for an address has another problem.
    private static let longestRest = 86_400

    /// The runtime's own ranges come first, then the old style's one range.
    private static func sets(
        _ settings: Settings, _ runtime: Settings
    ) throws(CNIError) -> [RangeSet] {
        var sets = try RangeSet.list(runtime["ipRanges"])
        if settings["subnet"].isPresent {
            sets.append(RangeSet(ranges: [try LeaseRange(settings)]))
        }
        return sets + (try RangeSet.list(settings["ranges"]))
    }
}

extension AddressSettings {
    /// The content of the range file, read now; nil where none is configured.
    package func nodeRanges() throws(CNIError) -> RangeFile? {
        guard let rangeFile else { return nil }
        return try RangeFile(path: rangeFile)
    }

    /// The configuration's sets, then one for each network of the range file.
    package func sets(with file: RangeFile?) throws(CNIError) -> [RangeSet] {
        guard let file else { return ownSets }
        let sets = ownSets + file.podCIDRs.map { RangeSet(ranges: [LeaseRange($0)]) }
        try RangeSet.check(sets, at: ranges, in: version)
        return sets
    }

    /// The sets as far as they can be known now, for commands that work without.
    var currentSets: [RangeSet] { (try? sets(with: try nodeRanges())) ?? ownSets }

    /// What is asked for by name, of each set; what no set can give is an error.
    func requests(
        _ arguments: CallArguments, of sets: [RangeSet]
    ) throws(CNIError) -> [Int: RequestedAddress] {
        var wanted: [Int: RequestedAddress] = [:]
        for request in requested + (try RequestedAddress.list(arguments)) {
            guard let place = sets.firstIndex(where: { $0.range(of: request.address) != nil })
            else { throw request.refused("no range has it") }
            guard sets[place].assigns(request.address) else {
                throw request.refused("it is a gateway, or excluded from its range")
            }
            if let other = wanted[place], other.address != request.address {
                throw request.refused("\(other.source) asks the same ranges for \(other.address)")
            }
            wanted[place] = request
        }
        return wanted
    }
}

extension Settings {
    fileprivate func dataDirectory() throws(CNIError) -> String? {
        guard let path = try self["dataDir"].string() else { return nil }
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            throw self["dataDir"].wrong("must be an absolute path")
        }
        return path
    }
}

extension NetworkConfiguration {
    /// Where leases may be, for commands that remove: here the key may be wrong by now (C31).
    var leaseDirectories: [String] {
        let configured = try? settings.section("ipam").dataDirectory()
        let standard = AddressSettings.standardDataDirectory
        guard let configured, configured != standard else { return [standard] }
        return [configured, standard]
    }
}
