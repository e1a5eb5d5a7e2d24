import Testing

@testable import Kubernetes

@Suite("The control plane that manifests stand in for")
struct ControlPlaneTests {
    @Test func `a namespace is there as long as something is in it`() {
        var cluster = Cluster()
        let names = { (cluster: Cluster) in
            cluster.objects.keys.filter { $0.kind == .namespace }.map(\.key.name).sorted()
        }
        cluster.write("")
        #expect(names(cluster) == ["default", "kube-system"])
        cluster.write("{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop}}")
        #expect(names(cluster) == ["default", "kube-system", "shop"])
        let shop = cluster.objects[ObjectID(.namespace, ObjectKey(name: "shop"))] as? Namespace
        #expect(shop?.metadata.labels == ["kubernetes.io/metadata.name": "shop"])
        #expect(shop?.status.phase == "Active")
        cluster.write(
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {a: b}}}",
            to: "n.yaml")
        cluster.write("")
        let written = cluster.objects[ObjectID(.namespace, ObjectKey(name: "shop"))] as? Namespace
        #expect(written?.metadata.labels["a"] == "b")
        cluster.write("", to: "n.yaml")
        #expect(names(cluster) == ["default", "kube-system"])
        #expect(cluster.service("kubernetes") == nil)
    }

    @Test func `a UID lasts as long as its object, and versions only grow`() throws {
        var cluster = Cluster()
        cluster.write(Cluster.service("web", ""))
        let first = try #require(cluster.service("web")).metadata
        cluster.write(Cluster.service("web", "type: NodePort"))
        let second = try #require(cluster.service("web")).metadata
        cluster.write("")
        cluster.write(Cluster.service("web", ""))
        let third = try #require(cluster.service("web")).metadata
        #expect(first.uid == second.uid && second.uid != third.uid)
        let versions = [first, second, third].compactMap { Int($0.resourceVersion) }
        #expect(versions.count == 3 && versions == versions.sorted() && Set(versions).count == 3)
    }

    @Test func `an object in two files belongs to the first, and goes to the other after it`() {
        for order in [["a.yaml", "b.yaml"], ["b.yaml", "a.yaml"]] {
            var cluster = Cluster()
            for path in order {
                cluster.write(
                    "\n{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {from: \(path)}}}",
                    to: path)
            }
            let id = ObjectID(.pod, ObjectKey(namespace: "default", name: "p"))
            #expect(cluster.objects[id]?.metadata.labels["from"] == "a.yaml")
            #expect(cluster.reports.count == 1)
            #expect(
                cluster.reports.first?.hasPrefix("b.yaml:2:1: Pod default/p is in a.yaml:2:1")
                    == true)
            cluster.write("", to: "a.yaml")
            #expect(cluster.objects[id]?.metadata.labels["from"] == "b.yaml")
            cluster.write("", to: "b.yaml")
            #expect(cluster.objects[id] == nil)
        }
    }
}
