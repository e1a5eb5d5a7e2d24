package import Network
package import Support

/// What upstreams did, for metrics.
package struct ForwardStatistics: Sendable {
    package internal(set) var upstreams: [Upstream]
    package internal(set) var pools: [Pool]

    package struct Upstream: Sendable {
        package let address: AddressAndPort
        package let pool: Int
        /// How long replies took, by their code.
        package internal(set) var durations: [ResponseCode: Histogram] = [:]
        package internal(set) var probeFailures = 0
        package internal(set) var connectionsUsedAgain = 0
        package internal(set) var connectionsOpened = 0
    }

    package struct Pool: Sendable {
        /// Questions turned away because too many were under way.
        package internal(set) var rejects = 0
        /// Questions that came while all upstreams were down.
        package internal(set) var timesAllDown = 0
    }

    init(_ pools: [ForwardSettings]) {
        self.pools = pools.map { _ in Pool() }
        upstreams = pools.enumerated().flatMap { number, settings in
            settings.upstreams.map { Upstream(address: $0.address, pool: number) }
        }
    }
}

extension ForwardStatistics {
    mutating func add(_ observation: ForwardObservation) {
        switch observation {
        case .answered(let upstream, let code, let duration):
            upstreams[upstream].durations[code, default: Histogram(Self.bounds)].add(duration)
        case .probeFailed(let upstream): upstreams[upstream].probeFailures += 1
        case .connectionUsed(let upstream): upstreams[upstream].connectionsUsedAgain += 1
        case .connectionOpened(let upstream): upstreams[upstream].connectionsOpened += 1
        case .rejected(let pool): pools[pool].rejects += 1
        case .allDown(let pool): pools[pool].timesAllDown += 1
        }
    }

    /// A quarter of a millisecond to eight seconds, as dashboards for DNS servers expect.
    private static let bounds = Histogram.exponential(0.00025, times: 2, 16)
}
