import JSON
import Kubernetes
import Platform
import Testing

@testable import Inspection

@Suite("weft get")
struct GettingTests {
    private let stage = Stage()

    private func request(
        _ view: View, _ change: (inout GetRequest) -> Void = { _ in }
    ) -> GetRequest {
        var request = GetRequest(view)
        change(&request)
        return request
    }

    private func syncPods() throws {
        var other = try Samples.pod("db")
        other.metadata.namespace = "other"
        other.metadata.labels["app"] = "db"
        stage.source.sync([try Samples.pod("web-1"), try Samples.pod("web-0"), other])
    }

    @Test func `objects are printed in order, of one namespace or of all`() throws {
        try syncPods()
        #expect(try stage.get(request(.pods) { $0.format = .names }) == .success)
        #expect(stage.text == "pod/web-0\npod/web-1\n")
        let all = request(.pods) {
            $0.format = .names
            $0.namespace = nil
        }
        #expect(try stage.get(all) == .success)
        #expect(stage.output.last == "pod/web-0\npod/web-1\npod/db\n")
    }

    @Test func `names and selectors choose`() throws {
        try syncPods()
        let named = request(.pods) {
            $0.names = ["web-1"]
            $0.format = .names
        }
        #expect(try stage.get(named) == .success)
        let selected = request(.pods) {
            $0.namespace = nil
            $0.selector.matchLabels = ["app": "db"]
            $0.format = .names
        }
        #expect(try stage.get(selected) == .success)
        #expect(stage.output == ["pod/web-1\n", "pod/db\n"])
    }

    @Test func `a name that is not there is an error, no objects are none`() throws {
        stage.source.sync([try Samples.web()])
        let missing = request(.services) { $0.names = ["web", "db", "api"] }
        let error = #expect(throws: InspectionError.self) { try stage.get(missing) }
        #expect(error?.code == .notFound)
        #expect(error?.description == #"services "db", "api" not found in namespace default"#)
        let other = request(.services) { $0.namespace = "other" }
        #expect(try stage.get(other) == .success)
        #expect(stage.output.isEmpty && stage.errors == "no services found in namespace other\n")
    }

    @Test func `JSON and YAML are kubectl's, one object or a list`() throws {
        stage.source.sync([try Samples.namespace("a")])
        #expect(try stage.get(request(.namespaces) { $0.format = .json }) == .success)
        let text = try #require(stage.output.last)
        let list = try #require(try JSONValue(document: text.utf8.span).object)
        #expect(list["kind"] == .string("List") && list["items"]?.array?.count == 1)
        #expect(list.members.map(\.key) == ["apiVersion", "items", "kind", "metadata"])
        let one = request(.namespaces) {
            $0.names = ["a"]
            $0.format = .yaml
        }
        #expect(try stage.get(one) == .success)
        #expect(
            stage.output.last == """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: a
                status:
                  phase: Active

                """)
        let none = request(.namespaces) {
            $0.selector.matchLabels = ["a": "b"]
            $0.format = .json
        }
        #expect(try stage.get(none) == .success)
        #expect(stage.output.last?.contains(#""items": []"#) == true)
    }

    @Test func `a kind that is not listed in time is named, with the source's last word`() throws {
        stage.source.sync([try Samples.web()])
        stage.reports.add(Report(.warning, "connection refused"))
        let error = #expect(throws: InspectionError.self) {
            try stage.get(request(.endpoints), within: .milliseconds(20))
        }
        #expect(error?.code == .notSynced)
        #expect(
            error?.description
                == "endpointslices could not be listed within 0 s: connection refused")
    }

    @Test func `whoever closes the pipe ends the command quietly`() throws {
        try syncPods()
        stage.then { throw PlatformError(.brokenPipe, "write to stream") }
        #expect(try stage.get(request(.pods)) == .success)
        #expect(stage.errors.isEmpty)
        stage.then { throw PlatformError(.noSpace, "write to stream") }
        #expect(throws: PlatformError.self) { try stage.get(request(.pods)) }
    }
}

@Suite("weft get --watch")
struct FollowingTests {
    private let stage = Stage()

    private func follow(_ view: View, _ change: (inout GetRequest) -> Void = { _ in }) throws {
        var request = GetRequest(view)
        request.follows = true
        change(&request)
        #expect(try stage.get(request) == .success)
    }

    @Test func `each change is a line, in columns that only grow`() throws {
        let (source, web) = (stage.source, try Samples.namespace("a"))
        source.sync([web])
        stage.then { source.put(try Samples.namespace("longer-name")) }
        stage.then { source.put(try Samples.namespace("a", phase: "Terminating")) }
        stage.then { source.delete(web) }
        try follow(.namespaces)
        #expect(
            stage.output == [
                "NAME   STATUS   AGE\na      Active   <unknown>\n",
                "longer-name   Active   <unknown>\n",
                "a             Terminating   <unknown>\n",
                "a             Terminating   <unknown>\n",
            ])
    }

    @Test func `what is not asked for is not told`() throws {
        let source = stage.source
        source.sync([try Samples.web()])
        stage.then {
            source.put(try Samples.web("other"))
            source.put(try Samples.web(ports: #"{"port":81}"#))
        }
        try follow(.services) { $0.format = .names }
        #expect(stage.output == ["service/web\n", "service/web\n"])
    }

    @Test func `a service's endpoints change with its slices`() throws {
        let source = stage.source
        source.sync([try Samples.web()])
        source.sync([try Samples.slice([Samples.ready])])
        stage.then { source.put(try Samples.slice([Samples.ready, Samples.notReady])) }
        stage.then { source.put(try Samples.web(ports: #"{"port":81}"#)) }
        stage.then { source.delete(try Samples.slice([])) }
        try follow(.endpoints)
        let counts = stage.output.map { line in
            let last = line.split(separator: "\n").last ?? ""
            return last.split(separator: " ").prefix(4).joined(separator: " ")
        }
        #expect(counts == ["web 1 0 0", "web 1 1 0", "web 1 1 0", "web 0 0 0"])
    }

    @Test func `documents follow each other`() throws {
        let source = stage.source
        source.sync([try Samples.namespace("a")])
        stage.then { source.put(try Samples.namespace("b")) }
        try follow(.namespaces) { $0.format = .yaml }
        #expect(stage.output.count == 2 && stage.output[1].hasPrefix("---\napiVersion: v1\n"))
        stage.then { source.put(try Samples.namespace("c")) }
        stage.then { source.put(try Samples.namespace("d")) }
        stage.then { source.put(try Samples.namespace("e")) }
        try follow(.namespaces) { $0.format = .json }
        #expect(stage.output.last?.hasPrefix("{\n    \"apiVersion\": \"v1\"") == true)
    }

    @Test func `warnings of the source go to standard error`() throws {
        let (source, reports) = (stage.source, stage.reports)
        source.sync([try Samples.namespace("a")])
        stage.then {
            reports.add(Report(.info, "all is well"))
            reports.add(Report(.warning, "the watch broke"))
            source.put(try Samples.namespace("b"))
        }
        try follow(.namespaces)
        #expect(stage.errors == "warning: the watch broke\n")
    }
}
