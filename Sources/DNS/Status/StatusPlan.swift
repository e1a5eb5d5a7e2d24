import Network

/// What is answered over HTTP.
package enum StatusPart: Hashable, Sendable {
    case health, metrics
    case readiness(continuously: Bool)
}

extension ServerPlan {
    /// What is answered at which address; blocks that name the same one share it.
    var statusParts: [AddressAndPort: Set<StatusPart>] {
        var parts: [AddressAndPort: Set<StatusPart>] = [:]
        for options in blocks.map(\.options) {
            if let health = options.health {
                parts[health.listener.everywhere, default: []].insert(.health)
            }
            if let ready = options.ready {
                parts[ready.listener.everywhere, default: []]
                    .insert(.readiness(continuously: ready.isContinuous))
            }
            if let metrics = options.prometheus {
                parts[metrics.listener.everywhere, default: []].insert(.metrics)
            }
        }
        return parts
    }

    /// How long questions are answered after the end was asked for.
    package var lameduck: Duration { blocks.compactMap(\.options.health?.lameduck).max() ?? .zero }

    /// How often files are looked at; nil if they are not.
    package var reload: ReloadOptions? {
        blocks.compactMap(\.options.reload).min { $0.interval < $1.interval }
    }
}

extension ListenerAddress {
    /// "::" takes both families.
    fileprivate var everywhere: AddressAndPort {
        AddressAndPort(address ?? .v6(.unspecified), port)
    }
}
