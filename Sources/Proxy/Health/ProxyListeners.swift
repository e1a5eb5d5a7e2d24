package import Network
package import Platform
import Support

/// The proxy's two listeners, on one thread, until the last reference to this is gone.
package final class ProxyListeners: Sendable {
    private let loop: StatusLoop
    private let listeners: [StatusListener]

    /// How often a listener that could not be opened is tried again (S134).
    private static let interval = Duration.seconds(5)

    /// Listens where there is an address; if `failsHard` at once or not at all, else as soon as it can.
    package init(
        _ endpoints: ProxyEndpoints, health: AddressAndPort?, metrics: AddressAndPort?,
        failsHard: Bool = false, report: @escaping @Sendable (PlatformError) -> Void
    ) throws(PlatformError) {
        let loop = try StatusLoop()
        let wanted = [
            health.map { ($0, endpoints.healthAnswer) },
            metrics.map { ($0, endpoints.metricsAnswer) },
        ]
        var listeners: [StatusListener] = []
        for case (let address, let answer)? in wanted {
            let listener =
                failsHard
                ? try loop.listen(on: address) { answer($0) }
                : loop.listen(on: address, retryingEvery: Self.interval, report: report) {
                    answer($0)
                }
            listeners.append(listener)
        }
        self.loop = loop
        self.listeners = listeners
    }
}
