import JSON
import Kubernetes
import Platform

/// The condition by which clouds keep pods from a node until somebody has made its network (R9).
enum NetworkCondition {
    static let type = "NetworkUnavailable"

    /// Whether a node is said to have no network; most clusters say nothing.
    static func isUnavailable(_ node: Node) -> Bool {
        node.status.conditions.holds(type)
    }

    /// What is put into the node's status, where conditions go by their type.
    static func patch(at now: WallTime) -> JSONValue {
        let time = JSONValue.string(Timestamp(seconds: now.nanoseconds / 1_000_000_000).text)
        let condition: JSONObject = [
            "type": .string(type), "status": .string("False"),
            "reason": .string("WeftIsReady"),
            "message": .string("Weft leads packets between this node's pods and all others"),
            "lastHeartbeatTime": time, "lastTransitionTime": time,
        ]
        return .object(["status": .object(["conditions": .array([.object(condition)])])])
    }
}
