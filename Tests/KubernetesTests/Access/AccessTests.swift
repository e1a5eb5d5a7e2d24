import Kubernetes
import Platform
import Testing
import YAML

@Suite("What Weft must be allowed to do")
struct AccessTests {
    @Test func `the file that people apply is what the code says`() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try File.read("/\(root)/cni-conf/kubernetes/rbac.yaml")
        #expect(
            String(decoding: file, as: UTF8.self) == AccessManifest().text,
            "make it anew: .build/debug/weft rbac > cni-conf/kubernetes/rbac.yaml")
    }

    @Test func `there is a rule for every kind, to list and to watch it`() {
        let rules = AccessRule.rules(for: Set(Consumer.allCases))
        for kind in Kind.allCases {
            let rule = rules.filter {
                $0.group == kind.resource.group && $0.resources.contains(kind.resource.plural)
            }
            #expect(rule.count == 1 && rule.first?.verbs == ["list", "watch"])
        }
        #expect(rules.map(\.group) == ["", "discovery.k8s.io", "networking.k8s.io", ""])
    }

    @Test func `R9: the agent alone changes anything, and that is its node's condition`() {
        for consumer in Consumer.allCases {
            let changing = AccessRule.rules(for: [consumer]).filter {
                $0.verbs != AccessRule.verbs
            }
            let allowed = AccessRule(group: "", resources: ["nodes/status"], verbs: ["patch"])
            #expect(changing == (consumer == .agent ? [allowed] : []))
        }
    }

    @Test func `a consumer alone needs no more than its kinds`() {
        #expect(
            AccessRule.rules(for: [.proxy]) == [
                AccessRule(group: "", resources: ["nodes", "services"], verbs: AccessRule.verbs),
                AccessRule(
                    group: "discovery.k8s.io", resources: ["endpointslices"],
                    verbs: AccessRule.verbs),
                AccessRule(
                    group: "networking.k8s.io", resources: ["servicecidrs"],
                    verbs: AccessRule.verbs),
            ])
        #expect(AccessRule.rules(for: []).isEmpty)
    }

    @Test func `the manifest binds the account that was named`() throws {
        let manifest = AccessManifest(namespace: "network", serviceAccount: "proxy")
        let documents = try YAMLStream(manifest.text.utf8.span).documents.map { try $0.get().root }
        #expect(
            documents.map { $0["kind"]?.string } == [
                "ServiceAccount", "ClusterRole", "ClusterRoleBinding",
            ])
        #expect(documents[0]["metadata"]?["namespace"]?.string == "network")
        let subject = try #require(documents[2]["subjects"]?.elements.first)
        #expect(subject["name"]?.string == "proxy" && subject["namespace"]?.string == "network")
        #expect(documents[1]["metadata"]?["name"]?.string == "proxy")
        #expect(documents[2]["roleRef"]?["name"]?.string == "proxy")
    }
}
