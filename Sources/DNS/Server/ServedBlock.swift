/// What answers the names of one zone on some port.
package final class ServedBlock: Sendable {
    package let zone: ZoneSuffix
    package let cluster: ClusterZone?
    /// Answers what the cluster does not, if anything does and no file comes before it.
    package let upstream: UpstreamPath?
    /// The same where zones of files come before it.
    let upstreamBehindFiles: UpstreamPath?
    /// Whether anybody else is asked at all.
    let recurses: Bool
    /// Whether anything answers what the cluster does not.
    let goesOn: Bool
    package let access: AccessList?
    package let chaos: ChaosTexts?
    /// Whether every question for all types is put off (RFC 8482).
    package let putsOffAny: Bool
    /// The longest datagram that is sent.
    package let payloadSize: UInt16
    /// Whether equal records take turns to be first.
    package let rotates: Bool
    /// The place of the zone's counts.
    package let counted: Int
    /// Whether any question has a line of the log.
    package let isLogged: Bool
    private let logged: [LogScope]
    /// The number of the block whose errors are logged.
    package let errors: Int?
    /// What questions go through that cannot be answered straight away.
    package let detour: Detour?
    /// Who may copy zones, if anybody may.
    let transfers: ZoneTransfers?

    package init(_ zone: DomainName, _ parts: Parts) {
        self.zone = ZoneSuffix(zone)
        cluster = parts.cluster
        let hasFiles = parts.detour?.files != nil
        upstream = hasFiles ? nil : parts.upstream
        upstreamBehindFiles = hasFiles ? parts.upstream : nil
        recurses = parts.upstream != nil
        goesOn = hasFiles || recurses
        access = parts.access
        chaos = parts.chaos
        putsOffAny = parts.putsOffAny
        payloadSize = parts.payloadSize
        rotates = parts.rotates
        counted = parts.counted
        isLogged = !parts.logged.isEmpty
        logged = parts.logged
        errors = parts.errors
        detour = parts.detour
        transfers = parts.transfers
    }

    /// The parts that a block is put together of.
    package struct Parts: Sendable {
        package var cluster: ClusterZone?
        package var upstream: UpstreamPath?
        package var access: AccessList?
        package var chaos: ChaosTexts?
        package var putsOffAny = false
        package var payloadSize = EDNS.safePayload
        package var rotates = true
        package var counted = 0
        package var logged: [LogScope] = []
        package var errors: Int?
        package var detour: Detour?
        package var transfers: ZoneTransfers?

        package init() {}
    }
}

extension ServedBlock {
    /// The first rule of the log that a name is in the scope of (D96).
    func scope(of name: borrowing QuestionName) -> LogScope? {
        for index in logged.indices where name.labelsBefore(logged[index].zone) != nil {
            return logged[index]
        }
        return nil
    }
}

/// Everything that is answered at one address and port.
package final class Catalog: Sendable {
    /// Blocks whose zones have more labels come first.
    let blocks: [ServedBlock]
    let cookies: DailyCookies
    /// For threads to make their own of.
    let caches: [CacheReader]
    /// Looks for questions of ours that come back.
    let loops: LoopWatch?
    /// Asks others, in the pools that the blocks name.
    let resolver: Resolver?
    /// How often clients may ask in datagrams.
    let limit: RateLimit?

    package init(
        _ blocks: [ServedBlock], cookies: CookieSecret, caches: [CacheReader] = [],
        loops: LoopWatch? = nil, resolver: Resolver? = nil, limit: RateLimit? = nil
    ) {
        self.caches = caches
        self.loops = loops
        self.resolver = resolver
        self.limit = limit
        self.blocks = blocks.sorted { $0.zone.labelCount > $1.zone.labelCount }
        self.cookies = DailyCookies(cookies)
    }

    /// The block of the longest zone that a name is in (D60).
    func block(for name: borrowing QuestionName) -> ServedBlock? {
        for index in blocks.indices where name.labelsBefore(blocks[index].zone) != nil {
            return blocks[index]
        }
        return nil
    }
}
