package import Kubernetes
package import Network
package import Platform
import Support
import Synchronization

/// Answers load balancers' health checks, for all services on one thread (S120).
package final class HealthCheckPorts: Sendable {
    private let loop: StatusLoop
    private let counts = Counts()
    private let listeners = Mutex<[HealthCheckPlan.Place: StatusListener]>([:])
    private let isProxyHealthy: @Sendable () -> Bool

    /// Connections at a time; each load balancer has a few probers for each of its services.
    private static let capacity = 512

    package init(
        isProxyHealthy: @escaping @Sendable () -> Bool
    ) throws(PlatformError) {
        loop = try StatusLoop(capacity: Self.capacity)
        self.isProxyHealthy = isProxyHealthy
    }

    /// All addresses of both families, as far as the kernel has them.
    package static let everywhere: [IPAddress] = [.v6(.unspecified)]
}

extension HealthCheckPorts {
    /// Makes the listeners what they should be; what cannot be opened is told, and tried again the
    /// next time (S124).
    package func reconcile(
        _ desired: [ObjectKey: HealthCheckPort], on addresses: [IPAddress] = everywhere,
        failed: (ObjectKey, PlatformError) -> Void = { _, _ in }
    ) {
        counts.set(desired.mapValues(\.localEndpoints))
        listeners.withLock { listeners in
            let plan = HealthCheckPlan(desired, on: addresses, open: listeners.keys)
            // First, for a port may go from one service to another.
            for place in plan.closed { listeners[place] = nil }
            for place in plan.opened {
                do throws(PlatformError) {
                    listeners[place] = try listen(at: place)
                } catch {
                    failed(place.service, error)
                }
            }
        }
    }

    private func listen(at place: HealthCheckPlan.Place) throws(PlatformError) -> StatusListener {
        try loop.listen(on: place.address, takesAnyMethod: true) {
            [counts, isProxyHealthy, service = place.service] _ in
            HealthCheckAnswer(
                service: service, localEndpoints: counts[service],
                isProxyHealthy: isProxyHealthy()
            ).response
        }
    }

    /// How many endpoints each service has here.
    private final class Counts: Sendable {
        private let counts = Mutex<[ObjectKey: Int]>([:])

        func set(_ new: [ObjectKey: Int]) { counts.withLock { $0 = new } }

        subscript(service: ObjectKey) -> Int { counts.withLock { $0[service] ?? 0 } }
    }
}
