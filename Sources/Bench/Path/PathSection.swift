package import Network

/// A part of what is measured of paths: each of these with each other.
package struct PathSection: Hashable, Sendable {
    package var programs: [PathProgram] = [.weft]
    package var services = [1]
    package var endpoints = 10
    package var places: [Place] = [.sameNode]
    package var families: [IPFamily] = [.v4]
    package var kinds: [ServiceKind] = [.direct, .clusterIP]
    package var workloads: [Workload] = [.connect]
    /// How many connections are open, or being made, at the same time.
    package var flows = [1]

    package init(_ change: (inout PathSection) -> Void = { _ in }) { change(&self) }
}

extension PathSection {
    /// What a user of services asks first, in a few minutes: what they cost beside a direct way and
    /// beside kube-proxy, whether that grows with their number, and how the other kinds, places and
    /// families compare.
    package static let standard = [
        PathSection {
            $0.programs = [.weft, .kubeProxyNFTables, .kubeProxyIPTables]
            $0.services = [1, 10_000]
            $0.workloads = [.connect, .request, .datagram(), .bulk]
        },
        PathSection {
            $0.kinds = ServiceKind.allCases.filter { $0 != .headless }
            $0.workloads = [.connect, .firstByte()]
        },
        PathSection {
            $0.families = [.v6]
            $0.services = [1, 1000]
            $0.workloads = [.connect, .datagram()]
        },
        PathSection {
            $0.programs = [.weft, .kubeProxyNFTables]
            $0.places = [.across, .vxlan]
            $0.workloads = [.connect, .bulk]
        },
    ]

    /// What shows in a minute that nothing is worse than it was.
    package static let short = [
        PathSection {
            $0.programs = [.weft, .kubeProxyNFTables]
            $0.services = [1, 1000]
            $0.workloads = [.connect, .datagram(), .bulk]
        },
        PathSection {
            $0.families = [.v6]
            $0.workloads = [.connect]
        },
    ]
}

extension PathSection {
    /// Whether kube-proxy's rules are among what is measured.
    package var hasShapes: Bool { programs.contains(where: \.isShape) }

    /// All kinds that have to be measured, those that others are compared with among them.
    var measuredKinds: [ServiceKind] {
        kinds.contains(.direct) || kinds == [.headless] ? kinds : [.direct] + kinds
    }
}
