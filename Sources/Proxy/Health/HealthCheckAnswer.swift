import JSON
import Kubernetes
import Support

/// What a load balancer is told of a service on this node (S121, S122).
struct HealthCheckAnswer: Sendable {
    let service: ObjectKey
    let localEndpoints: Int
    let isProxyHealthy: Bool

    var response: Response {
        let name: JSONObject = [
            "namespace": .string(service.namespace), "name": .string(service.name),
        ]
        let body: JSONObject = [
            "service": .object(name), "localEndpoints": .number("\(localEndpoints)"),
            "serviceProxyHealthy": .bool(isProxyHealthy),
        ]
        return Response(
            JSONValue.object(body).text,
            status: localEndpoints > 0 && isProxyHealthy ? .success : .unavailable,
            contentType: "application/json", .noSniffing,
            .init("X-Load-Balancing-Endpoint-Weight", "\(localEndpoints)"))
    }
}
