import Kubernetes
import Network
import Testing

@testable import Demo

struct ManifestTests {
    private static let families: [[IPFamily]] = [[.v4, .v6], [.v4]]

    private static func all(_ families: [IPFamily]) -> [Manifest] {
        let plan = ClusterPlan(nodes: 3, .auto, families: families)
        let pods = PodPlan.all(nodes: 3).map { pod in
            Manifest(pod, on: "node-\(pod.node)", plan.outside.addresses.map(\.address))
        }
        return plan.nodes.map { Manifest($0) } + pods
            + ServicePlans(families: families).all.map { Manifest($0, families: families) }
    }

    @Test(arguments: families)
    func `every manifest is one object without a problem`(families: [IPFamily]) {
        let manifests = Self.all(families)
        #expect(Set(manifests.map(\.name)).count == 3 + 6 + 8)
        for manifest in manifests {
            let file = ManifestFile(manifest.text.utf8.span, .yaml)
            #expect(file.problems.isEmpty && file.objects.count == 1, "\(manifest.text)")
        }
    }

    @Test func `a pod that is not ready says so`() throws {
        let pod = PodPlan.all(nodes: 2)[1]
        for isReady in [true, false] {
            let manifest = Manifest(pod, on: "node-1", [], isReady: isReady)
            let file = ManifestFile(manifest.text.utf8.span, .yaml)
            let object = try #require(file.objects.first?.object as? Kubernetes.Pod)
            #expect(object.status.conditions.map(\.status) == [isReady ? "True" : "False"])
        }
    }
}
