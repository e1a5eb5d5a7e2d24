import JSON
package import Kubernetes
import Network
package import Platform
package import Support

/// What /healthz and /livez say: kube-proxy's members, and some of our own (S130).
package struct HealthAnswer: Sendable {
    private let families: [(family: IPFamily, status: SyncHealth.Status)]
    private let now: Moment
    /// Whether the node is to get traffic; nil for /livez, which does not ask (S132).
    private let isNodeEligible: Bool?

    package init(_ health: SyncHealth, isNodeEligible: Bool? = nil, at now: Moment) {
        families = health.status(at: now)
        self.isNodeEligible = isNodeEligible
        self.now = now
    }
}

extension HealthAnswer {
    /// Whether a node, where it is known, is to get traffic from outside (S132).
    package static func isEligible(_ node: Node?) -> Bool {
        guard let node, node.metadata.deletionTime == nil else { return false }
        return !node.spec.taints.contains { $0.key == "ToBeDeletedByClusterAutoscaler" }
    }

    package var response: Response {
        let isGood = isHealthy && isNodeEligible != false
        return Response(
            JSONValue.object(JSONObject(members: members)).text,
            status: isGood ? .success : .unavailable, contentType: "application/json",
            .noSniffing)
    }

    private var isHealthy: Bool { families.allSatisfy(\.status.isHealthy) }

    private var members: [JSONObject.Member] {
        let last = families.compactMap(\.status.lastApplied).max { $0.monotonic < $1.monotonic }
        let eligible = isNodeEligible.map {
            JSONObject.Member(key: "nodeEligible", value: .bool($0))
        }
        return [
            // A proxy that has nothing to do is as up to date as can be (S131).
            .init(key: "lastUpdated", value: Self.time(isHealthy ? now : last)),
            .init(key: "currentTime", value: Self.time(now)),
        ] + [eligible].compactMap(\.self) + [
            .init(key: "healthy", value: .bool(isHealthy)),
            .init(key: "status", value: .object(JSONObject(members: families.map(Self.member)))),
        ]
    }

    private static func member(
        _ family: IPFamily, _ status: SyncHealth.Status
    ) -> JSONObject.Member {
        let error = status.lastError.map { JSONObject.Member(key: "lastError", value: .string($0)) }
        let members: [JSONObject.Member] =
            [
                .init(key: "lastUpdated", value: time(status.lastApplied)),
                .init(key: "healthy", value: .bool(status.isHealthy)),
                .init(key: "lagSeconds", value: .number("\(status.lag / .seconds(1))")),
                .init(key: "backlog", value: .number("\(status.backlog)")),
                .init(key: "failures", value: .number("\(status.failures)")),
            ] + [error].compactMap(\.self)
        return JSONObject.Member(
            key: family.description, value: .object(JSONObject(members: members)))
    }

    /// Go's zero time stands for never.
    private static func time(_ moment: Moment?) -> JSONValue {
        .string(moment?.wall.text ?? "0001-01-01T00:00:00Z")
    }
}

extension Response.Field {
    static let noSniffing = Response.Field("X-Content-Type-Options", "nosniff")
}
