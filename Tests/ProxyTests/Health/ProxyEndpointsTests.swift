import Network
import Platform
import Support
import Synchronization
import TestSupport
import Testing

@testable import Proxy

@Suite struct `The proxy's endpoints` {
    private let health = HealthState(SyncHealth([.v4]))
    private let metrics = ProxyMetrics([.v4])

    private var endpoints: ProxyEndpoints {
        ProxyEndpoints(health, metrics) {
            var family = MetricFamily("other_total", .counter, help: "Other.")
            family.add([:], 1)
            return [family]
        } configuration: {
            #"{"mode":"nftables"}"#
        }
    }

    private func get(_ path: String) -> RequestHead { RequestHead(method: .get, path: path) }

    @Test func `S130 health and liveness are answered and counted`() {
        #expect(endpoints.healthAnswer(get("/healthz")).status == .unavailable)
        #expect(endpoints.healthAnswer(get("/livez")).status == .success)
        #expect(endpoints.healthAnswer(get("/livez")).body.contains("nodeEligible") == false)
        #expect(endpoints.healthAnswer(get("/metrics")).status == .notFound)
        let text = endpoints.metricsAnswer(get("/metrics")).body
        #expect(text.contains("kubeproxy_proxy_healthz_total{code=\"503\"} 1\n"))
        #expect(text.contains("kubeproxy_proxy_livez_total{code=\"200\"} 2\n"))
        #expect(text.contains("other_total 1\n"))
    }

    @Test(
        arguments: [
            ("/healthz", Response.Status.success, "ok"), ("/proxyMode", .success, "nftables"),
            ("/configz", .success, #"{"mode":"nftables"}"#),
            ("/readyz", .unavailable, "Service Unavailable\n"), ("/", .notFound, "Not Found\n"),
        ])
    func `S133 whoever measures the proxy is told more`(
        path: String, status: Response.Status, body: String
    ) {
        let answer = endpoints.metricsAnswer(get(path))
        #expect(answer.status == status && answer.body == body)
    }

    @Test func `ready is who has applied something`() {
        health.update {
            $0.began(.v4)
            $0.applied(.v4, at: .now)
        }
        #expect(endpoints.metricsAnswer(get("/readyz")).status == .success)
        #expect(endpoints.metricsAnswer(get("/livez")).status == .success)
    }

    @Test(.requiresRoot) func `S134 a port that is taken is reported, or fatal if so wished`()
        throws
    {
        try withLab { lab in
            try lab.host("node").run {
                let addresses = try [":10256", "127.0.0.1:10249"].map {
                    try AddressAndPort(listeningOn: $0)
                }
                let taken = try ListeningSocket(.ip(addresses[1]))
                let error = #expect(throws: PlatformError.self) {
                    try ProxyListeners(
                        endpoints, health: addresses[0], metrics: addresses[1], failsHard: true
                    ) { _ in }
                }
                #expect(error?.code == .addressInUse)
                let failures = Mutex<[PlatformError]>([])
                let listeners = try ProxyListeners(
                    endpoints, health: addresses[0], metrics: addresses[1]
                ) { failure in
                    failures.withLock { $0.append(failure) }
                }
                let deadline = MonotonicTime.now + .patience
                while failures.withLock(\.isEmpty), MonotonicTime.now < deadline {
                    sleep(for: .milliseconds(1))
                }
                #expect(failures.withLock { $0 }.map(\.code) == [.addressInUse])
                // The other one was opened before, and all of its addresses answer.
                _ = try StreamSocket(
                    connectedTo: .ip(.v4(IPv4Address(127, 0, 0, 1)), 10256), until: deadline)
                withExtendedLifetime(listeners) {}
                withExtendedLifetime(taken.socket.descriptor.rawValue) {}
            }
        }
    }
}
