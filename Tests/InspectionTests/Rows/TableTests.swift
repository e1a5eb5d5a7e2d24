import Kubernetes
import Testing

@testable import Inspection

@Suite("Tables")
struct TableTests {
    private let source = FakeSource()

    /// The table of a view at noon.
    private func table(_ view: View, isWide: Bool = false, allNamespaces: Bool = false) -> String {
        var table = Table(
            view.columns(isWide: isWide), isWide: isWide, showsNamespace: allNamespaces)
        return table.text(view.items(of: source.store.snapshot, isWide: isWide, at: noon))
    }

    @Test func `services have their addresses and ports`() throws {
        source.sync([
            try Samples.web(),
            try Samples.service(
                "api",
                """
                {"type":"NodePort","clusterIP":"10.96.0.11","externalIPs":["192.0.2.1"],
                "ports":[{"port":80,"nodePort":30080},{"port":53,"protocol":"UDP"}]}
                """),
            try Samples.service("db", #"{"clusterIP":"None","ports":[]}"#),
            try Samples.service("far", #"{"type":"ExternalName","externalName":"example.org"}"#),
            try Samples.service(
                "lb", #"{"type":"LoadBalancer","clusterIP":"10.96.0.12","ports":[{"port":1}]}"#,
                in: "other"),
        ])
        #expect(
            table(.services, allNamespaces: true) == """
                NAMESPACE   NAME   TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)            \
                   AGE
                default     api    NodePort       10.96.0.11   192.0.2.1     80:30080/TCP,53/UDP   60m
                default     db     ClusterIP      None         <none>        <none>                60m
                default     far    ExternalName   <none>       example.org   <none>                60m
                default     web    ClusterIP      10.96.0.10   <none>        80/TCP                60m
                other       lb     LoadBalancer   10.96.0.12   <pending>     1/TCP                 60m

                """)
        source.sync([try Samples.web()])
        #expect(
            table(.services, isWide: true) == """
                NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE   SELECTOR
                web    ClusterIP   10.96.0.10   <none>        80/TCP    60m   app=web

                """)
    }

    @Test func `endpoints are counted for each service, and listed in wide tables`() throws {
        source.sync([try Samples.web(), try Samples.service("db", #"{"clusterIP":"None"}"#)])
        source.sync([
            try Samples.slice([
                Samples.ready, Samples.notReady, Samples.serving, Samples.terminating, "",
            ])
        ])
        #expect(
            table(.endpoints) == """
                NAME   READY   NOT-READY   TERMINATING   ENDPOINTS                     AGE
                db     0       0           0             <none>                        60m
                web    2       1           2             10.1.0.1:8080,10.1.0.5:8080   60m

                """)
        #expect(
            table(.endpoints, isWide: true) == """
                NAME   ADDRESS    PORTS    STATE                   NODE     ZONE     POD
                db     <none>     <none>   <none>                  <none>   <none>   <none>
                web    10.1.0.1   8080     ready                   n1       z1       web-0
                web    10.1.0.2   8080     not ready               n1       z1       web-1
                web    10.1.0.3   8080     terminating (serving)   n1       z1       web-2
                web    10.1.0.4   8080     terminating             n1       z1       web-3
                web    10.1.0.5   8080     ready                   n1       z1       web-4

                """)
    }

    @Test func `slices show their first endpoints`() throws {
        source.sync([try Samples.slice([String](repeating: Samples.ready, count: 5))])
        #expect(
            table(.endpointSlices, isWide: true) == """
                NAME    ADDRESSTYPE   PORTS   ENDPOINTS                                AGE   SERVICE
                web-1   IPv4          8080    10.1.0.1,10.1.0.2,10.1.0.3 + 2 more...   30m   web

                """)
    }

    @Test func `pods are ready, running or on their way out`() throws {
        let deletion = #","deletionTimestamp":"2026-01-01T11:59:00Z""#
        source.sync([
            try Samples.pod("web-0"), try Samples.pod("web-1", phase: "Pending", ready: "False"),
            try Samples.pod("web-2", extra: deletion),
        ])
        #expect(
            table(.pods) == """
                NAME    READY   STATUS        AGE
                web-0   yes     Running       2d1h
                web-1   no      Pending       2d1h
                web-2   yes     Terminating   2d1h

                """)
        source.sync([try Samples.pod("web-0")])
        #expect(
            table(.pods, isWide: true) == """
                NAME    READY   STATUS    AGE    IP                 NODE   HOST-NETWORK
                web-0   yes     Running   2d1h   10.1.0.1,fd00::1   n1     no

                """)
    }

    @Test func `nodes have roles and addresses`() throws {
        source.sync([
            try object(
                Node.self,
                """
                {"metadata":{"name":"n1","labels":{"node-role.kubernetes.io/control-plane":"",
                "topology.kubernetes.io/zone":"z1"}},"spec":{"podCIDRs":["10.1.0.0/24"],
                "unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],
                "addresses":[{"type":"InternalIP","address":"192.0.2.5"}]}}
                """)
        ])
        #expect(
            table(.nodes, isWide: true) == """
                NAME   STATUS                     ROLES           AGE         INTERNAL-IP   \
                EXTERNAL-IP   POD-CIDR      ZONE
                n1     Ready,SchedulingDisabled   control-plane   <unknown>   192.0.2.5     \
                <none>        10.1.0.0/24   z1

                """)
    }

    @Test func `namespaces, policies and networks of services have little to show`() throws {
        source.sync([try Samples.namespace("default")])
        #expect(
            table(.namespaces) == """
                NAME      STATUS   AGE
                default   Active   <unknown>

                """)
        source.sync([
            try object(
                NetworkPolicy.self,
                """
                {"metadata":{"name":"deny"},"spec":{"policyTypes":["Ingress"],"podSelector":
                {"matchLabels":{"a":"b"},"matchExpressions":[{"key":"c","operator":"NotIn",
                "values":["d","e"]}]}}}
                """)
        ])
        #expect(
            table(.networkPolicies, isWide: true) == """
                NAME   POD-SELECTOR        AGE         POLICY-TYPES
                deny   a=b,c notin (d,e)   <unknown>   Ingress

                """)
        source.sync([
            try object(
                ServiceCIDR.self,
                #"{"metadata":{"name":"kubernetes"},"spec":{"cidrs":["10.96.0.0/12"]}}"#)
        ])
        #expect(
            table(.serviceCIDRs) == """
                NAME         CIDRS          AGE
                kubernetes   10.96.0.0/12   <unknown>

                """)
    }

    @Test(
        "ages are as rough as kubectl's",
        arguments: [
            (0, "0s"), (119, "119s"), (120, "2m"), (121, "2m1s"), (599, "9m59s"), (600, "10m"),
            (10_799, "179m"), (10_800, "3h"), (10_860, "3h1m"), (28_800, "8h"), (172_799, "47h"),
            (172_800, "2d"), (176_400, "2d1h"), (691_200, "8d"), (63_071_999, "729d"),
            (63_072_000, "2y"), (63_158_400, "2y1d"), (252_288_000, "8y"),
        ] as [(Int64, String)])
    func ages(seconds: Int64, text: String) { #expect(Cells.duration(seconds) == text) }
}
