import Kubernetes
import Network

/// What is to be told of services beside what is in the kernel.
struct ServiceFindings {
    private var healthChecks: [ObjectKey: SyncEvent.HealthCheck] = [:]
    /// Whether they are not what was told last; comparing them all would cost what they are.
    private var haveHealthChecksChanged = false
    private var withoutLocal: [IPFamily: [ObjectKey: WithoutLocal]] = [:]
    /// What has been told already.
    private var complaints: [IPFamily: [ObjectKey: Set<Complaint>]] = [:]

    fileprivate struct WithoutLocal {
        var internally = 0
        var externally = 0
    }
}

extension ServiceFindings {
    /// Looks at services that have changed; the answer is what was not told of them before.
    mutating func update(
        _ keys: some Sequence<ObjectKey>, _ wanted: WantedServices, _ plan: FamilyPlan?
    ) -> [Complaint] {
        var new = [Complaint]()
        for key in keys {
            let meaning = wanted.meaning(of: key)
            let found = meaning.complaints + (plan?.conflicts(of: key) ?? [])
            // What is wrong with the service itself is so in both families, but told once.
            let told = complaints.values.compactMap { $0[key] }
            new += found.filter { complaint in !told.contains { $0.contains(complaint) } }
            complaints[wanted.family, default: [:]][key] = found.isEmpty ? nil : Set(found)
            noteHealthCheck(key, meaning, wanted)
            let count = WithoutLocal(meaning)
            let isNothing = count.internally == 0 && count.externally == 0
            withoutLocal[wanted.family, default: [:]][key] = isNothing ? nil : count
        }
        return new
    }

    /// A service of both families has one port for its health; either family's backends do.
    private mutating func noteHealthCheck(
        _ key: ObjectKey, _ meaning: ServiceMeaning, _ wanted: WantedServices
    ) {
        guard meaning.healthCheckPort != 0 else {
            if meaning.ports.isEmpty, wanted.snapshot.services[key] != nil { return }
            return setHealthCheck(key, nil)
        }
        let other = wanted.otherFamily.meaning(of: key).localEndpoints
        setHealthCheck(
            key,
            SyncEvent.HealthCheck(
                port: meaning.healthCheckPort, localEndpoints: max(meaning.localEndpoints, other)))
    }

    private mutating func setHealthCheck(_ key: ObjectKey, _ check: SyncEvent.HealthCheck?) {
        if healthChecks[key] == check { return }
        healthChecks[key] = check
        haveHealthChecksChanged = true
    }

    /// All health checks, if they have changed since this was asked for.
    mutating func takeChangedHealthChecks() -> [ObjectKey: SyncEvent.HealthCheck]? {
        defer { haveHealthChecksChanged = false }
        return haveHealthChecksChanged ? healthChecks : nil
    }

    /// How many ports lack local backends, for each kind of policy (§3.5).
    func withoutLocal(_ family: IPFamily) -> (internally: Int, externally: Int) {
        let counts = withoutLocal[family]?.values
        return (
            counts?.reduce(0) { $0 + $1.internally } ?? 0,
            counts?.reduce(0) { $0 + $1.externally } ?? 0
        )
    }
}

extension ServiceFindings.WithoutLocal {
    fileprivate init(_ meaning: ServiceMeaning) {
        for port in meaning.ports where port.hasEndpoints && port.local.isEmpty {
            if port.internalRoute == .local { internally += 1 }
            if port.externalRoute == .local, port.isExternallyReachable { externally += 1 }
        }
    }
}

extension WantedServices {
    fileprivate var otherFamily: WantedServices {
        WantedServices(
            snapshot: snapshot, node: node, family: family == .v4 ? .v6 : .v4,
            settings: settings, nodeAddress: nil)
    }
}
