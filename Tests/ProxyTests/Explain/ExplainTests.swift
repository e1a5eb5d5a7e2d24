import JSON
import NFTables
import Network
import Platform
import Support
import TestSupport
import Testing

@testable import Proxy

/// A question, and what must come out.
struct ExplainCase: Sendable, CustomTestStringConvertible {
    let destination: String
    let source: String?
    /// What happens: how, and to whom by the last numbers of addresses, with turns.
    let outcome: String
    /// Words of a step.
    let words: String

    init(_ destination: String, _ source: String?, _ outcome: String, _ words: String) {
        (self.destination, self.source) = (destination, source)
        (self.outcome, self.words) = (outcome, words)
    }

    var testDescription: String { "\(destination) from \(source ?? "somebody")" }

    private static let pod = "10.244.1.7"
    private static let node = "192.168.9.1"
    private static let outside = "198.51.100.7"

    static let all = [
        ExplainCase("10.96.0.1:80", pod, "1x1 2x1 3x1", "no: it is a pod of this node"),
        ExplainCase("10.96.0.1:80", node, "1x1+ 2x1+ 3x1+", "yes: it is no pod of this node"),
        ExplainCase("10.96.0.1:80", nil, "1x1+ 2x1+ 3x1+", "default/plain, by the service's own"),
        ExplainCase("10.96.0.1:80", "10.244.1.1", "1x1+ 2x1 3x1", "to itself it comes as the node"),
        ExplainCase("10.96.0.1:80/udp", pod, "is refused", "default/plain has no port 80/UDP"),
        ExplainCase("10.96.0.1:81", outside, "is refused", "has no port 81/TCP at its address"),
        ExplainCase("10.100.0.1:80", pod, "is dropped", "and no service's"),
        ExplainCase("8.8.8.8:80", pod, "is left alone", "is no address of a service"),
        ExplainCase("192.168.9.1:80", outside, "is left alone", "no service has node port 80/TCP"),
        ExplainCase("127.0.0.1:30080", node, "is left alone", "but serves no node ports"),
        ExplainCase("192.168.9.1:30080", outside, "1x1", "backends on this node only"),
        ExplainCase("192.168.9.1:30080", pod, "1x1 2x1 3x1", "but its pods may use all"),
        ExplainCase("192.168.9.1:30080", node, "1x1+ 2x1+ 3x1+", "but the node itself may use all"),
        ExplainCase("192.168.9.1:30081", pod, "1x1+ 2x1+ 3x1+", "externalTrafficPolicy Cluster"),
        ExplainCase("192.168.9.1:30082", outside, "is dropped", "none on this node"),
        ExplainCase("192.168.9.1:30082", pod, "2x1", "by its node port"),
        ExplainCase("192.0.2.10:80", "203.0.113.9", "1x1", "203.0.113.0/24 may come: let in"),
        ExplainCase("192.0.2.10:80", outside, "is dropped", "kept out"),
        ExplainCase("192.0.2.10:443", outside, "is left alone", "no port 443/TCP at 192.0.2.10"),
        ExplainCase("10.96.0.4:80", pod, "is refused", "there are none anywhere"),
        ExplainCase("default/sticky", pod, "1x1 2x1 3x1", "until 600 s after"),
        ExplainCase("default/weighted:80", pod, "1x5 2x1 3x1", "weighted: one after the other"),
        ExplainCase("default/inside:80/tcp", outside, "1x1+", "internalTrafficPolicy Local"),
        ExplainCase("default/single", pod, "2x1", "round-robin"),
        ExplainCase("10.96.0.8:80", pod, "", "the client's address decides"),
    ]
}

extension Explanation {
    /// "1x2 3x1+": backend 1 with two turns, backend 3 with one, masqueraded.
    fileprivate var outcomeText: String {
        let turns = outcome.turns.sorted { "\($0.key.fate)" < "\($1.key.fate)" }
        return turns.map { ending, count in
            guard case .translated(let backend) = ending.fate else { return "\(ending.fate)" }
            let number = "\(backend.address)".split { $0 == "." || $0 == ":" }.last ?? ""
            return "\(number)x\(count)\(ending.isMasqueraded ? "+" : "")"
        }.joined(separator: " ")
    }

    var differences: [String] {
        switch kernel {
        case .agrees: []
        case .differs(let texts, _, _): texts
        case .unchecked(let why): [why]
        }
    }
}

@Suite struct `Explaining a connection` {
    @Test(arguments: ExplainCase.all)
    func `S50 to S73 the model says which way and why, and the rules do the same`(
        sample: ExplainCase
    ) throws {
        let node = try ExplainedNode()
        var ruleset = FakeRuleset()
        try node.program(&ruleset)
        let explanation = try node.explain(sample.destination, from: sample.source, &ruleset)
        if !sample.outcome.isEmpty { #expect(explanation.outcomeText == sample.outcome) }
        #expect(explanation.text.contains(sample.words), "\(explanation.text)")
        #expect(explanation.differences == [])
        #expect(explanation.text.contains("kernel: agrees"))
    }

    @Test func `the way through the maps is told in words`() throws {
        let node = try ExplainedNode()
        var ruleset = FakeRuleset()
        try node.program(&ruleset)
        let explanation = try node.explain("192.0.2.10:80", from: "203.0.113.9", &ruleset)
        guard case .agrees(let path, _) = explanation.kernel else {
            Issue.record("\(explanation.text)")
            return
        }
        let words = path.map { $0.replacing(#/\d+$/#, with: "N").replacing(#/ \d+ /#, with: " N ") }
        #expect(
            words == [
                "services: 192.0.2.10:80/TCP → port N (local, external, guarded)",
                "guards: port N → chain guard-N", "endpoints: port N (local) → 10.244.1.1:N",
            ])
    }

    @Test(.requiresRoot, arguments: IPFamily.allCases)
    func `the kernel agrees with all of it, in both families`(family: IPFamily) throws {
        let node = try ExplainedNode(family)
        let explanations = try Lab().host("node").run {
            var kernel = try KernelRuleset()
            try node.program(&kernel)
            return try ExplainCase.all.map {
                try node.explain($0.destination, from: $0.source, &kernel)
            }
        }
        for (sample, explanation) in zip(ExplainCase.all, explanations) {
            #expect(explanation.differences == [], "\(explanation.text)")
            if sample.outcome.isEmpty { continue }
            #expect(explanation.outcomeText == sample.outcome, "\(explanation.text)")
        }
    }

    @Test func `settings that masquerade more or tell no pods change both`() throws {
        for (change, outcome) in [
            ({ $0.table.masqueradesAll = true }, "1x1+ 2x1+ 3x1+"),
            ({ $0.detection = .none }, "1x1 2x1 3x1"),
        ] as [((inout ProxySettings) -> Void, String)] {
            var node = try ExplainedNode()
            change(&node.settings)
            var ruleset = FakeRuleset()
            try node.program(&ruleset)
            let explanation = try node.explain("10.96.0.1:80", from: "10.244.1.7", &ruleset)
            #expect(explanation.outcomeText == outcome && explanation.differences == [])
        }
    }

    @Test func `without a table, or with other settings, it differs`() throws {
        var node = try ExplainedNode()
        var ruleset = FakeRuleset()
        let nothing = try node.explain("10.96.0.1:80", from: nil, &ruleset)
        #expect(nothing.text.contains("there is no table ip weft-proxy"))
        try node.program(&ruleset)
        node.settings.table.masqueradesAll = true
        let other = try node.explain("10.96.0.1:80", from: "10.244.1.7", &ruleset)
        #expect(
            other.differences.first == "goes to 10.244.1.1:8080: is not masqueraded, and should be")
    }

    @Test func `what nobody could check is not said to agree`() throws {
        let explanation = try ExplainedNode().explainer.explain(
            Connection(to: try IPAddress(validating: "10.96.0.1"), 80))
        #expect(explanation.text.contains("kernel: not checked"))
        #expect(explanation.document.object?["kernel"]?.object?["finding"]?.string == "unchecked")
    }

    @Test(
        arguments: [
            ("10.96.0.10", nil), ("web", nil), ("a/b/c", nil), ("", nil), ("1.2.3.4:80/icmp", nil),
            ("1.2.3.4:80", "nobody"), ("1.2.3.4:80", "fd00::1"),
        ] as [(String, String?)])
    func `what cannot be asked is an error of the command line`(text: String, source: String?) {
        #expect(throws: UsageError.self) { try ExplainRequest(text, from: source) }
    }

    @Test func `it can be read by programs`() throws {
        let node = try ExplainedNode()
        var ruleset = FakeRuleset()
        try node.program(&ruleset)
        let document = try node.explain("10.96.0.7:80", from: nil, &ruleset).document
        let backends = document.object?["backends"]
        guard case .array(let list)? = backends else {
            Issue.record("\(document)")
            return
        }
        #expect(list.first?.object?["turns"]?.integer == 5)
        #expect(list.first?.object?["of"]?.integer == 7)
        #expect(document.object?["kernel"]?.object?["finding"]?.string == "agrees")
    }
}
