import Kubernetes
import Testing

@testable import Inspection
@testable import Support

@Suite("What commands are asked for")
struct RequestTests {
    private func get(_ words: String...) throws -> GetRequest {
        try GetRequest(try Arguments(words, options: GetRequest.options))
    }

    @Test func `every view is known by the words that people use for it`() {
        for view in View.allCases {
            #expect(view.words.allSatisfy { View(word: $0) == view })
            #expect(view.words.allSatisfy { View(word: $0.uppercased()) == view })
        }
        let words = View.allCases.flatMap(\.words)
        #expect(Set(words).count == words.count)
        #expect(View(word: "deployments") == nil)
    }

    @Test func `operands say what, options say which and how`() throws {
        var request = GetRequest(.services)
        #expect(try get("svc") == request)
        request.names = ["web", "api"]
        request.namespace = "shop"
        request.format = .json
        #expect(try get("svc", "web", "api", "-n", "shop", "-ojson") == request)
        #expect(try get("svc/web", "api", "--namespace=shop", "-o", "json") == request)
        #expect(try get("po", "-A").namespace == nil)
        #expect(try get("nodes").namespace == nil)
        #expect(try get("po", "-w", "-o", "wide").follows)
        #expect(try get("po", "-o", "wide").format == .table(isWide: true))
    }

    @Test(
        "what cannot be meant is refused",
        arguments: [
            ([], "say what to get: services, endpoints, "),
            (["secrets"], "there is no 'secrets' to get; there are services, "),
            (["po", "-n", "a", "-A"], "--namespace and --all-namespaces exclude each other"),
            (["po", "-o", "xml"], "--output is wide, json, yaml or name, not 'xml'"),
            (["po", "web", "-A"], "a name is looked for in one namespace"),
            (["po", "web", "-l", "a"], "objects are chosen by name or by --selector"),
            (["po", ""], "a name is empty"), (["po", "-n", ""], "--namespace needs a name"),
            (["po", "-l", "a b"], "'a b' is no condition on labels"),
        ] as [([String], String)])
    func refused(words: [String], message: String) throws {
        let arguments = try Arguments(words, options: GetRequest.options)
        let error = #expect(throws: UsageError.self) { try GetRequest(arguments) }
        #expect(error?.message.hasPrefix(message) == true)
    }

    @Test(
        "selectors choose by labels",
        arguments: [
            ("", true), ("app=web", true), ("app==web", true), ("app = web", true),
            ("app=db", false), ("app!=web", false), ("app!=db", true), ("none!=x", true),
            ("app", true), ("none", false), ("!none", true), ("!app", false),
            ("app in (db, web)", true), ("app in (db)", false), ("app notin (db,api)", true),
            ("app notin (web)", false), ("app=web,tier in (a,b),!none", true),
            ("app=web,tier=b", false), ("tier=", false), ("empty=", true),
        ] as [(String, Bool)])
    func selectors(text: String, matches: Bool) throws {
        let labels: Labels = ["app": "web", "tier": "a", "empty": ""]
        let selector = text.isEmpty ? LabelSelector() : try LabelSelector(text: text)
        #expect(selector.matches(labels) == matches)
        // What is printed of a selector is read as the same one.
        if selector.text != Cells.none {
            #expect(try LabelSelector(text: selector.text).matches(labels) == matches)
        }
    }

    @Test(
        "what is no selector is refused",
        arguments: ["a b", "=x", "a=b c", "a in b", "a in (b", "a of (b)", ",", "!", "a=b,,c"])
    func noSelector(text: String) {
        #expect(throws: ObjectError.self) { try LabelSelector(text: text) }
    }

    @Test func `a watch is of all kinds, or of those that are named`() throws {
        let parse = { (words: [String]) throws(UsageError) in
            try WatchRequest(try Arguments(words, options: WatchRequest.options))
        }
        #expect(try parse([]) == WatchRequest())
        let some = try parse(["ep", "po", "-n", "shop", "-o", "json", "--watch-only"])
        #expect(some.kinds == [.service, .endpointSlice, .pod])
        #expect(some.namespace == "shop" && some.isJSON && some.onlyChanges)
        #expect(throws: UsageError.self) { try parse(["secrets"]) }
        #expect(throws: UsageError.self) { try parse(["-o", "yaml"]) }
    }

    @Test func `objects come from a server or from manifests`() throws {
        let parse = { (words: [String]) throws(UsageError) in
            try SourceChoice(try Arguments(words, options: SourceChoice.options))
        }
        #expect(try parse([]) == SourceChoice(.server(kubeconfig: nil, context: nil)))
        #expect(
            try parse(["--kubeconfig", "f", "--context=c"])
                == SourceChoice(.server(kubeconfig: "f", context: "c")))
        let manifests = try parse(["--manifests", "d", "--timeout", "2.5"])
        #expect(manifests == SourceChoice(.manifests("d"), patience: .milliseconds(2500)))
        #expect(throws: UsageError.self) { try parse(["--manifests", "d", "--context", "c"]) }
        #expect(throws: UsageError.self) { try parse(["--timeout", "0"]) }
    }
}
