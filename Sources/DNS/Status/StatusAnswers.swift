import Kubernetes
package import Platform
import Support

/// What is said over HTTP about a service.
package struct StatusAnswers: Sendable {
    private let view: ServiceView
    private let metrics: DNSMetrics
    /// Whether the end was asked for (D93).
    private let isEnding: Flag

    package init(_ view: ServiceView, _ metrics: DNSMetrics, isEnding: Flag) {
        self.view = view
        self.metrics = metrics
        self.isEnding = isEnding
    }
}

extension StatusAnswers {
    func answer(_ head: RequestHead, _ parts: Set<StatusPart>) -> Response {
        switch head.path {
        case "/health" where parts.contains(.health): Response("OK")
        case "/metrics" where parts.contains(.metrics):
            Response(Exposition.text(metrics.families), contentType: Exposition.contentType)
        case "/ready": readiness(parts, isVerbose: head.query == "verbose")
        default: Response(.notFound)
        }
    }

    private func readiness(_ parts: Set<StatusPart>, isVerbose: Bool) -> Response {
        let isContinuous = parts.contains(.readiness(continuously: true))
        guard isContinuous || parts.contains(.readiness(continuously: false)) else {
            return Response(.notFound)
        }
        let missing =
            isEnding.isSet ? ["shutdown"] : view.unready(continuously: isContinuous)
        let text = missing.isEmpty ? "OK" : missing.joined(separator: ",")
        return Response(
            isVerbose ? "\(text)\n\(details)" : text,
            status: missing.isEmpty ? .success : .unavailable)
    }

    /// A line for each thing that readiness and answers depend on.
    private var details: String {
        let state = view.current
        var lines: [String] = []
        for kind in state.kinds {
            let isSynced = state.store?.snapshot[state: kind].isSynced ?? false
            lines.append("kubernetes \(kind.name): \(isSynced ? "synced" : "not synced")")
        }
        for upstreams in state.loopingUpstreams {
            lines.append("forward \(upstreams): leads back to this server")
        }
        return lines.map { "\($0)\n" }.joined()
    }
}

extension ServiceView.State {
    /// The kinds of objects that names are made of, in one order.
    var kinds: [Kind] {
        let needed = indexes.reduce(into: Set<Kind>()) { $0.formUnion($1.settings.kinds) }
        return Kind.allCases.filter(needed.contains)
    }

    /// The servers of each pool that leads back to us.
    var loopingUpstreams: [String] {
        (loops?.loopingPools ?? []).sorted().filter(plan.pools.indices.contains).map { pool in
            plan.pools[pool].upstreams.map { "\($0.address)" }.joined(separator: " ")
        }
    }
}
