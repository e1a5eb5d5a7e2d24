package import Network

/// Answers names of a cluster from its index.
package final class ClusterZone: Sendable {
    package let index: ClusterIndex
    package let settings: ClusterSettings
    /// The zone that reverse names lead to.
    let primary: Suffix
    let zones: [Suffix]
    let reverseZones: [Suffix]
    private let fallthroughs: [ZoneSuffix]
    /// Where the zone's own server is.
    let serverAddresses: [IPAddress]

    package init(
        _ index: ClusterIndex, _ settings: ClusterSettings, serverAddresses: [IPAddress] = []
    ) throws(DNSError) {
        guard let first = settings.zones.first else {
            throw DNSError(.configuration, "serve a cluster", "it has no zone for its services")
        }
        self.index = index
        self.serverAddresses = serverAddresses
        self.settings = settings
        primary = Suffix(first)
        zones = settings.zones.map(Suffix.init)
        let primary = primary
        reverseZones = settings.reverseZones.map { Suffix($0, servedLike: primary) }
        fallthroughs = settings.fallthroughZones.map(ZoneSuffix.init)
    }

    /// A zone, with the records that stand at its beginning.
    package struct Suffix: Sendable {
        package let zone: ZoneSuffix
        /// The names of the zone's server and of who cares for it, as they are sent.
        let server: [UInt8]
        let contact: [UInt8]

        init(_ name: DomainName) {
            zone = ZoneSuffix(name)
            server = label("ns") + label("dns") + zone.wire
            contact = label("hostmaster") + zone.wire
        }

        /// A zone that has no names for a server, and so is served by another zone's.
        init(_ name: DomainName, servedLike other: Suffix) {
            zone = ZoneSuffix(name)
            (server, contact) = (other.server, other.contact)
        }
    }
}

private func label(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + text.utf8 }

/// What became of a question that was put to a zone.
package enum ZoneOutcome: Hashable, Sendable {
    /// The reply has its answer, which may be cut.
    case answered
    /// The name exists and has no such record.
    case noData
    /// The name does not exist.
    case noSuchName(ExtendedError?)
    /// The answer is a CNAME, and ends where this name leads.
    case alias(DomainName)
    /// What is known does not suffice to say.
    case notReady
}

extension ClusterZone {
    /// What of the zones a name is in.
    package enum Place: Hashable, Sendable {
        case forward(zone: Int, labels: Int)
        case reverse(zone: Int)
    }

    /// The longest of the zones that a name is in.
    package func place(of name: borrowing QuestionName) -> Place? {
        var (best, length) = (Place?.none, -1)
        for number in zones.indices where zones[number].zone.labelCount > length {
            guard let labels = name.labelsBefore(zones[number].zone) else { continue }
            best = .forward(zone: number, labels: labels)
            length = zones[number].zone.labelCount
        }
        for number in reverseZones.indices where reverseZones[number].zone.labelCount > length {
            guard name.labelsBefore(reverseZones[number].zone) != nil else { continue }
            best = .reverse(zone: number)
            length = reverseZones[number].zone.labelCount
        }
        return best
    }

    /// Whether a name that does not exist here is for others to answer (D51).
    package func fallsThrough(_ name: borrowing QuestionName) -> Bool {
        for number in fallthroughs.indices where name.labelsBefore(fallthroughs[number]) != nil {
            return true
        }
        return false
    }

    package func suffix(_ place: Place) -> Suffix {
        switch place {
        case .forward(let zone, _): zones[zone]
        case .reverse(let zone): reverseZones[zone]
        }
    }

    /// Answers a question about one of the zones; negative answers are left to `deny`.
    ///
    /// The caller is inside the index's epochs.
    package func answer(
        _ name: borrowing QuestionName, _ type: RecordType, at place: Place, rotation: UInt32,
        into reply: inout ReplyWriter
    ) -> ZoneOutcome {
        switch place {
        case .forward(let zone, let labels):
            let lookup = ForwardLookup(
                self, suffix: zones[zone], labels: labels, type: type, rotation: rotation)
            return lookup.answer(name, into: &reply)
        case .reverse(let zone):
            return answerReverse(name, type, suffix: reverseZones[zone], into: &reply)
        }
    }

    /// Says in the authority section how long a negative answer holds (RFC 2308).
    package func deny(_ place: Place, into reply: inout ReplyWriter, owner: UInt16) {
        let ttl = min(settings.ttl, Self.longestDenial)
        _ = putAuthority(suffix(place), ttl: ttl, in: .authority, owner: owner, into: &reply)
    }

    /// A SOA record's own TTL is at most this (D34).
    private static var longestDenial: UInt32 { 300 }

    /// Writes the zone's SOA record.
    func putAuthority(
        _ suffix: Suffix, ttl: UInt32, in section: Section, owner: UInt16? = nil,
        into reply: inout ReplyWriter
    ) -> Bool {
        let length = suffix.server.count + suffix.contact.count + 20
        guard reply.begin(.soa, ttl: ttl, length: length, in: section, owner: owner) else {
            return false
        }
        reply.put(suffix.server.span)
        reply.put(suffix.contact.span)
        reply.put32(index.serial)
        // Refresh, retry, expire, and how long a denial holds.
        reply.put32(7200)
        reply.put32(1800)
        reply.put32(86400)
        reply.put32(settings.ttl)
        return true
    }
}
