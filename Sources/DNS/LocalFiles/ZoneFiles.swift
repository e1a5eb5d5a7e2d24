/// Zones that are read from files, in the order in which they are looked at.
package struct ZoneFiles: Sendable {
    package let zones: [Zone]

    package struct Zone: Sendable {
        let suffix: ZoneSuffix
        package let file: WatchedFile<FileZone>
        /// Names in these that do not exist are for others to answer.
        let fallthroughs: [ZoneSuffix]
    }

    /// Nil if there are none.
    package init?(_ options: [ZoneFileOptions], _ surroundings: Surroundings) throws(DNSError) {
        if options.isEmpty { return nil }
        var zones: [Zone] = []
        for option in options {
            for origin in option.zones {
                let file = try WatchedFile(option.file, every: option.reload, surroundings) {
                    text throws(DNSError) in
                    let file = try MasterFile(parsing: text, file: option.file, origin: origin)
                    return try FileZone(file.records, origin: origin)
                }
                let passedOn = option.passesOn?.zones.map(ZoneSuffix.init) ?? []
                zones.append(
                    Zone(suffix: ZoneSuffix(origin), file: file, fallthroughs: passedOn))
            }
        }
        // The longest zone that a name is in has it.
        self.zones = zones.sorted { $0.suffix.labelCount > $1.suffix.labelCount }
    }

    func zone(of name: borrowing QuestionName) -> Zone? {
        for index in zones.indices where name.labelsBefore(zones[index].suffix) != nil {
            return zones[index]
        }
        return nil
    }
}
