/// The keys of a plugin that publishes host ports, besides what the runtime asks for.
struct HostPortSettings: Hashable, Sendable {
    /// Whether sources are replaced where answers would otherwise not come back.
    let replacesSources: Bool
    /// Whether every source is replaced.
    let replacesAllSources: Bool

    init(_ settings: Settings) throws(CNIError) {
        replacesSources = try settings["snat"].flag() ?? true
        replacesAllSources = try settings["masqAll"].flag() ?? false
        try RulesetBackend.check(settings["backend"])
        // Accepted, without an effect: no bit of the packet mark is used.
        _ = try settings["markMasqBit"].integer(in: 0...31)
        _ = try settings["externalSetMarkChain"].string()
        for key in ["conditionsV4", "conditionsV6"] {
            if try settings[key].elements()?.isEmpty ?? true { continue }
            throw settings[key].unsupported("rules of one's own cannot be part of a map")
        }
    }
}
