import Kubernetes

extension FuzzTargets {
    /// What people write in a directory, and what became of our own file beside it.
    static let manifestTexts = [
        FuzzTarget("kubernetes.manifest.yaml", texts: manifests + yamlTexts) { take($0, .yaml) },
        FuzzTarget("kubernetes.manifest.json", texts: jsonManifests) { take($0, .json) },
        FuzzTarget("kubernetes.allocations", texts: [allocations]) { input in
            guard let read = try? Allocations(parsing: input) else { return }
            precondition((try? Allocations(parsing: Array(read.text.utf8))) == read)
        },
    ]

    /// Everything that is read must also be something that the control plane can work on.
    private static func take(_ input: [UInt8], _ format: ManifestFile.Format) {
        let file = ManifestFile(input.span, format)
        precondition(file.problems.allSatisfy { $0.place != nil })
        var set = ManifestSet()
        var plane = ControlPlane(ControlPlaneOptions(), Allocations(), seed: 1)
        let added = plane.apply(set.load("file", file.objects).changes)
        precondition(added.objects.count + added.reports.count >= file.objects.count)
        _ = plane.apply(set.remove("file"))
        precondition(plane.allocations == Allocations())
    }

    private static let manifests = [
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {a: b}\n"
            + "  type: NodePort\n  ports:\n  - {port: 80, targetPort: http}\n---\napiVersion: v1\n"
            + "kind: Pod\nmetadata: {name: p, labels: {a: b}}\nspec:\n  containers:\n"
            + "  - {ports: [{name: http, containerPort: 8080}]}\nstatus: {podIPs: [{ip: 10.0.0.1}]}\n",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: networking.k8s.io/v1\n"
            + "  kind: ServiceCIDR\n  metadata: {name: net}\n  spec: {cidrs: [10.9.0.0/24]}\n"
            + "- apiVersion: discovery.k8s.io/v1\n  kind: EndpointSlice\n  metadata: {name: s}\n"
            + "  addressType: IPv4\n  endpoints: [{addresses: [10.0.0.2]}]\n",
    ]

    private static let jsonManifests = [
        #"{"apiVersion":"v1","kind":"ServiceList","items":[{"metadata":{"name":"a"},"spec":"#
            + #"{"type":"LoadBalancer","clusterIP":"10.96.0.9","ports":[{"port":80}]}}]}"#,
        #"{"kind":"Node","apiVersion":"v1","metadata":{"name":"n"}} {"kind":"Namespace","#
            + #""apiVersion":"v1","metadata":{"name":"x"}}"#,
    ]

    private static let allocations =
        #"{"version":1,"services":[{"namespace":"a","name":"b","addresses":["10.96.0.1"],"#
        + #""nodePorts":[{"protocol":"TCP","port":80,"nodePort":30080}]}]}"#
}
