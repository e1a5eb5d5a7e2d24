import Kubernetes
import Platform

/// An object as its JSON says.
func object<Object: KubernetesObject>(_ type: Object.Type, _ json: String) throws -> Object {
    try ObjectFormat.json.decode(type, json.utf8.span, SharingPool())
}

/// Noon of the day that samples were made on.
let noon = WallTime(nanoseconds: 1_767_268_800_000_000_000)

enum Samples {
    static func service(
        _ name: String, _ spec: String, in namespace: String = "default", labels: String = "{}"
    ) throws -> Service {
        try object(
            Service.self,
            """
            {"metadata":{"name":"\(name)","namespace":"\(namespace)","labels":\(labels),
            "creationTimestamp":"2026-01-01T11:00:00Z"},"spec":\(spec)}
            """)
    }

    static func web(_ namespace: String = "default", ports: String = #"{"port":80}"#) throws
        -> Service
    {
        try service(
            "web",
            """
            {"clusterIP":"10.96.0.10","clusterIPs":["10.96.0.10"],"ports":[\(ports)],
            "selector":{"app":"web"}}
            """, in: namespace, labels: #"{"app":"web"}"#)
    }

    /// A slice of `web` with an endpoint for each of the conditions.
    static func slice(
        _ conditions: [String], name: String = "web-1", zone: String = "z1"
    ) throws -> EndpointSlice {
        let endpoints = conditions.enumerated().map { index, conditions in
            """
            {"addresses":["10.1.0.\(index + 1)"],"conditions":{\(conditions)},"nodeName":"n1",
            "zone":"\(zone)","targetRef":{"kind":"Pod","name":"web-\(index)"}}
            """
        }
        return try object(
            EndpointSlice.self,
            """
            {"metadata":{"name":"\(name)","namespace":"default",
            "creationTimestamp":"2026-01-01T11:30:00Z",
            "labels":{"kubernetes.io/service-name":"web"}},"addressType":"IPv4",
            "endpoints":[\(endpoints.joined(separator: ","))],"ports":[{"port":8080}]}
            """)
    }

    static let ready = #""ready":true"#
    static let notReady = #""ready":false"#
    static let serving = #""ready":false,"serving":true,"terminating":true"#
    static let terminating = #""ready":false,"serving":false,"terminating":true"#

    static func pod(
        _ name: String, phase: String = "Running", ready: String = "True", extra: String = ""
    ) throws -> Pod {
        try object(
            Pod.self,
            """
            {"metadata":{"name":"\(name)","namespace":"default",
            "creationTimestamp":"2025-12-30T11:00:00Z"\(extra)},"spec":{"nodeName":"n1"},
            "status":{"phase":"\(phase)","podIPs":[{"ip":"10.1.0.1"},{"ip":"fd00::1"}],
            "conditions":[{"type":"Ready","status":"\(ready)"}]}}
            """)
    }

    static func namespace(_ name: String, phase: String = "Active") throws -> Namespace {
        try object(
            Namespace.self, #"{"metadata":{"name":"\#(name)"},"status":{"phase":"\#(phase)"}}"#)
    }
}
