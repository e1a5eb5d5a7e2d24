import Testing

@testable import Kubernetes

@Suite("What the API server refuses in a service")
struct ServiceRulesTests {
    /// The fields that a service with such a spec is refused for.
    private func fields(_ spec: String) -> [String] {
        let text = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {\(spec)}}"
        return ManifestFile(text.utf8.span, .yaml).problems.map(\.field)
    }

    @Test(
        "it is refused with the field",
        arguments: [
            ("", "spec.ports"),
            ("ports: [{port: 1}, {port: 2}]", "spec.ports[0].name"),
            ("ports: [{port: 1, name: a}, {port: 2, name: a}]", "spec.ports[1].name"),
            ("ports: [{port: 1, name: a}, {port: 1, name: b}]", "spec.ports[1].port"),
            ("ports: [{port: 1, name: A}]", "spec.ports[0].name"),
            ("ports: [{port: 1, nodePort: 30000}]", "spec.ports[0].nodePort"),
            (
                "type: NodePort, ports: [{port: 1, nodePort: 3, name: a}, {port: 2, nodePort: 3, name: b}]",
                "spec.ports[1].nodePort"
            ),
            ("ports: [{port: 1, targetPort: 65536}]", "spec.ports[0].targetPort"),
            ("ports: [{port: 1, targetPort: '1'}]", "spec.ports[0].targetPort"),
            ("ports: [{port: 1, targetPort: a--b}]", "spec.ports[0].targetPort"),
            ("ports: [{port: 1}], clusterIPs: [10.96.0.1, 10.96.0.2]", "spec.clusterIPs"),
            ("ports: [{port: 1}], clusterIPs: [10.96.0.1, 'fd00::1']", "spec.ipFamilyPolicy"),
            ("ports: [{port: 1}], ipFamilies: [IPv6], clusterIP: 10.96.0.1", "spec.clusterIPs[0]"),
            ("ports: [{port: 1}], ipFamilies: [IPv6, IPv6]", "spec.ipFamilies"),
            ("ports: [{port: 1}], clusterIP: None, type: NodePort", "spec.clusterIP"),
            ("type: ExternalName", "spec.externalName"),
            ("type: ExternalName, externalName: a_b", "spec.externalName"),
            ("type: ExternalName, externalName: a, clusterIP: 10.96.0.1", "spec.clusterIP"),
            (
                "ports: [{port: 1}], sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}",
                "spec.sessionAffinityConfig.clientIP.timeoutSeconds"
            ),
            ("ports: [{port: 1}], externalTrafficPolicy: Local", "spec.externalTrafficPolicy"),
            (
                "ports: [{port: 1}], type: NodePort, healthCheckNodePort: 30000",
                "spec.healthCheckNodePort"
            ),
            ("ports: [{port: 1}], loadBalancerClass: a/b", "spec.loadBalancerClass"),
            (
                "ports: [{port: 1}], allocateLoadBalancerNodePorts: false",
                "spec.allocateLoadBalancerNodePorts"
            ),
        ])
    func refusals(spec: String, field: String) { #expect(fields(spec) == [field]) }

    @Test(
        "it is taken",
        arguments: [
            "ports: [{port: 1}]", "clusterIP: None", "type: ExternalName, externalName: a.example.",
            "ports: [{port: 1, name: a}, {port: 1, protocol: UDP, name: b}]",
            "ports: [{port: 1, targetPort: http}, {port: 2, name: b}]".replacing(
                "1,", with: "1, name: a,"),
            "clusterIP: None, ipFamilies: [IPv4, IPv6]",
            "ports: [{port: 1}], externalIPs: [1.2.3.4], externalTrafficPolicy: Local",
            "ports: [{port: 1}], clusterIPs: [10.96.0.1, 'fd00::1'], ipFamilyPolicy: PreferDualStack",
            "ports: [{port: 1}], type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30000",
        ])
    func accepted(spec: String) { #expect(fields(spec) == []) }
}
