import Platform
package import Support

/// What the proxy's two listeners answer: one about its health, one for who measures it.
package struct ProxyEndpoints: Sendable {
    private let health: HealthState
    private let metrics: ProxyMetrics
    private let families: @Sendable () -> [MetricFamily]
    private let configuration: @Sendable () -> String

    /// Takes the families that /metrics has beside the proxy's own, and what /configz says, as JSON.
    package init(
        _ health: HealthState, _ metrics: ProxyMetrics,
        beside families: @escaping @Sendable () -> [MetricFamily] = { [] },
        configuration: @escaping @Sendable () -> String
    ) {
        self.health = health
        self.metrics = metrics
        self.families = families
        self.configuration = configuration
    }
}

extension ProxyEndpoints {
    /// S130: /healthz and /livez.
    package func healthAnswer(_ head: RequestHead) -> Response {
        switch head.path {
        case "/healthz":
            let response = health.health(at: .now).response
            metrics.answeredHealth(response.status)
            return response
        case "/livez":
            let response = health.liveness(at: .now).response
            metrics.answeredLiveness(response.status)
            return response
        default: return Response(.notFound)
        }
    }

    /// S133: /metrics and what else kube-proxy has there.
    package func metricsAnswer(_ head: RequestHead) -> Response {
        switch head.path {
        case "/metrics":
            Response(
                Exposition.text(metrics.families + families()),
                contentType: Exposition.contentType)
        case "/healthz": Response("ok", .noSniffing)
        case "/livez": health.liveness(at: .now).response
        case "/readyz": readiness
        case "/proxyMode": Response("nftables", .noSniffing)
        case "/configz": Response(configuration(), contentType: "application/json")
        default: Response(.notFound)
        }
    }

    /// Ready means that every family was applied once, so that new pods may rely on it.
    private var readiness: Response {
        health.isReady ? Response("ok", .noSniffing) : Response(.unavailable)
    }
}
