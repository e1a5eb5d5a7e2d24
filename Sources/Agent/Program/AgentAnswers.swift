import JSON
package import Kubernetes
import Network
package import Platform
package import Proxy
package import Support

/// What the agent's listeners answer: the proxy's paths where it runs, and its own.
package struct AgentAnswers: Sendable {
    private let state: AgentState
    private let report: StatusReport
    private let proxy: ProxyEndpoints?
    private let families: @Sendable () -> [MetricFamily]

    /// `place` says where objects come from; `families` are the metrics of an agent without a proxy.
    package init(
        _ state: AgentState, _ source: any ObjectSource, from place: String,
        _ proxy: ProxyEndpoints?, families: @escaping @Sendable () -> [MetricFamily] = { [] }
    ) {
        self.state = state
        self.proxy = proxy
        self.families = families
        report = StatusReport(state, source, from: place)
    }
}

extension AgentAnswers {
    func health(_ head: RequestHead) -> Response {
        if head.path == "/readyz" { return readiness }
        if let proxy { return proxy.healthAnswer(head) }
        return ["/healthz", "/livez"].contains(head.path) ? Response("ok\n") : Response(.notFound)
    }

    /// For monitoring, and on a socket for whoever is on this machine.
    func metrics(_ head: RequestHead) -> Response {
        switch head.path {
        case "/readyz": readiness
        case "/status": status
        default: proxy?.metricsAnswer(head) ?? ownMetrics(head)
        }
    }

    private var status: Response {
        Response(report.json.text + "\n", contentType: "application/json")
    }

    private var readiness: Response {
        let unready = state.unready.map(\.rawValue)
        if unready.isEmpty { return Response("ok\n") }
        return Response("not ready: \(unready.joined(separator: ", "))\n", status: .unavailable)
    }

    private func ownMetrics(_ head: RequestHead) -> Response {
        guard head.path == "/metrics" else { return Response(.notFound) }
        return Response(
            Exposition.text(AgentMetrics(state).families + families()),
            contentType: Exposition.contentType)
    }
}

/// Where an agent listens, until the last reference to this is gone.
package final class AgentListeners: Sendable {
    private let loop: StatusLoop
    private let listeners: [StatusListener]
    private let path: StatusPath?

    /// How often a listener that could not be opened is tried again.
    private static let interval = Duration.seconds(5)

    /// The socket's folder is made; a socket that cannot be had is reported and gone without.
    package init(
        _ answers: AgentAnswers, _ places: AgentConfiguration.Status,
        report: @escaping @Sendable (PlatformError) -> Void
    ) throws(PlatformError) {
        let loop = try StatusLoop()
        self.loop = loop
        let wanted: [(AddressAndPort?, @Sendable (RequestHead) -> Response)] = [
            (places.health, { answers.health($0) }), (places.metrics, { answers.metrics($0) }),
        ]
        listeners = wanted.compactMap { address, answer in
            address.map {
                loop.listen(
                    on: $0, retryingEvery: Self.interval, report: report, answer: answer)
            }
        }
        do throws(PlatformError) {
            if let slash = places.socket.lastIndex(of: "/"), slash > places.socket.startIndex {
                try Directory.create(String(places.socket[..<slash]))
            }
            path = try loop.listen(onPath: places.socket) { answers.metrics($0) }
        } catch {
            path = nil
            report(error)
        }
    }
}
