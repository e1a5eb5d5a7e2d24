/// What the measurements of a section are compared with.
struct PathRatios {
    private let measurements: [Identity: Measurement]
    private let order: [Identity]

    init(_ measurements: [Measurement]) {
        self.measurements = Dictionary(
            measurements.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        order = measurements.map(\.identity)
    }

    var all: [Ratio] {
        order.flatMap { identity in
            baselines(of: identity).flatMap { baseline -> [Ratio] in
                guard let one = measurements[identity], let other = measurements[baseline] else {
                    return []
                }
                return one.ratios(to: other)
            }
        }
    }

    /// Those that were measured in the same rounds.
    private func baselines(of identity: Identity) -> [Identity] {
        let direct = ServiceKind.direct.rawValue
        var baselines: [Identity] = []
        if identity["service"] != direct {
            baselines.append(identity.with("service", direct))
            if identity["program"] == PathProgram.weft.rawValue { baselines += peers(of: identity) }
        } else if identity["program"] != PathProgram.none.rawValue {
            baselines += order.filter { other in
                other["program"] == PathProgram.none.rawValue
                    && other
                        == identity.with("program", PathProgram.none.rawValue)
                        .with("services", other["services"] ?? "")
            }
        }
        return baselines + fewest(of: identity)
    }

    private func peers(of identity: Identity) -> [Identity] {
        PathProgram.allCases.filter { $0 != .weft && $0 != .none }
            .map { identity.with("program", $0.rawValue) }
    }

    /// The same with the smallest number of services.
    private func fewest(of identity: Identity) -> [Identity] {
        let counts = order.filter { $0 == identity.with("services", $0["services"] ?? "") }
            .compactMap { $0["services"].flatMap { Int($0) } }
        guard let fewest = counts.min(), "\(fewest)" != identity["services"] else { return [] }
        return [identity.with("services", "\(fewest)")]
    }
}

extension Identity {
    /// The same but for one circumstance.
    func with(_ name: String, _ value: String) -> Identity {
        Identity(
            suite, workload, circumstances.map { $0.name == name ? .init(name, value) : $0 })
    }
}
