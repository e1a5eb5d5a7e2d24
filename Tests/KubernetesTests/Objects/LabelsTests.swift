import Testing

@testable import Kubernetes

@Suite("Labels and selectors")
struct LabelsTests {
    @Test func `labels are equal whatever order they came in`() {
        var labels = Labels()
        for key in ["c", "a", "b", "a"] { labels[key] = "\(key)1" }
        #expect(labels == ["a": "a1", "b": "b1", "c": "c1"])
        #expect(labels.all.map(\.key) == ["a", "b", "c"])
        labels["b"] = nil
        labels["x"] = nil
        #expect(labels == ["a": "a1", "c": "c1"])
        #expect(labels["a"] == "a1" && labels["b"] == nil)
    }

    @Test(
        "a selector matches when all of its pairs are there",
        arguments: [
            ([:], true), (["a": "1"], true), (["a": "1", "b": "2"], true),
            (["a": "2"], false), (["c": "1"], false), (["a": "1", "c": ""], false),
        ] as [(Labels, Bool)])
    func selectors(selector: Labels, matches: Bool) {
        #expect((["a": "1", "b": "2"] as Labels).match(selector) == matches)
    }

    @Test func `only annotations about the network are kept`() {
        let annotations: Annotations = [
            "weft.dev/balance": "random", "service.kubernetes.io/topology-mode": "Auto",
            "kubectl.kubernetes.io/last-applied-configuration": "{…}", "example.com/x": "y",
            "plain": "z",
        ]
        #expect(annotations.kept.all.count == 2)
        #expect(annotations["weft.dev/balance"] == "random")
    }
}
