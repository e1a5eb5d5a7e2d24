import Platform

/// Zone files of the names of a cluster, for servers that know of no objects.
struct ZoneFiles: Sendable {
    let directory: String
    /// As zone files have them, with a dot at the end.
    let zones: [String]

    func path(_ zone: String) -> String { "\(directory)/\(zone)zone" }
}

extension ZoneFiles {
    /// Writes a file for each zone.
    init(_ names: ServedNames, in directory: String) throws {
        try self.init(of: [ClusterZone.name] + ClusterZone.reverse, in: directory)
        try write(ClusterZone.name, names.forward)
        for zone in ClusterZone.reverse {
            try write(zone, names.backward.filter { $0.owner.hasSuffix(".\(zone)") })
        }
    }

    /// Writes one file, for a zone of names outside of the cluster.
    init(_ zone: String, _ records: [NameRecord], timeToLive: Int, in directory: String) throws {
        try self.init(of: [zone], in: directory)
        try write(zone, records, timeToLive: timeToLive)
    }

    private init(of zones: [String], in directory: String) throws {
        try Directory.create(directory)
        self.directory = directory
        self.zones = zones
    }

    private func write(
        _ zone: String, _ records: [NameRecord], timeToLive: Int = ClusterZone.timeToLive
    ) throws {
        var text = """
            $TTL \(timeToLive)
            \(zone) SOA ns.dns.\(zone) hostmaster.\(zone) 1 7200 1800 86400 30
            \(zone) NS ns.dns.\(zone)
            ns.dns.\(zone) A 192.0.2.53

            """
        for record in records { text += "\(record.owner) \(record.type) \(record.data)\n" }
        try File.replace(path(zone), with: text.utf8.span, durably: false)
    }
}
