import JSON
import Kubernetes
import Platform
import Testing

@testable import Inspection

@Suite("weft watch")
struct WatchingTests {
    private let stage = Stage()

    private func request(
        _ kinds: Set<Kind>, _ change: (inout WatchRequest) -> Void = { _ in }
    ) -> WatchRequest {
        var request = WatchRequest()
        request.kinds = kinds
        change(&request)
        return request
    }

    /// The lines without the time at their beginning.
    private var lines: [String] {
        stage.text.split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).dropFirst()
                .joined(separator: " ")
        }
    }

    @Test func `what is there comes first, then that it is all, then what changes`() throws {
        let source = stage.source
        source.sync([try Samples.web()])
        stage.then {}
        stage.then { source.put(try Samples.web(ports: #"{"port":80},{"port":443}"#)) }
        stage.then { source.delete(try Samples.web()) }
        #expect(try stage.watch(request([.service])) == .success)
        #expect(
            lines == [
                "ADDED Service default/web type ClusterIP, addresses 10.96.0.10, ports 80/TCP, "
                    + "selector app=web",
                "SYNCED Service 1 object",
                "MODIFIED Service default/web ports 80/TCP → 80/TCP,443/TCP",
                "DELETED Service default/web",
            ])
        #expect(stage.text.contains("Z ADDED     Service       default/web "))
    }

    @Test func `what is there can be left out, and other namespaces`() throws {
        let source = stage.source
        source.sync([try Samples.web()])
        stage.then {
            source.put(try Samples.web("other"))
            source.put(try Samples.slice([Samples.ready]))
            source.put(try Samples.service("db", #"{"clusterIP":"None"}"#))
        }
        let changes = request([.service]) {
            $0.onlyChanges = true
            $0.namespace = "default"
        }
        #expect(try stage.watch(changes) == .success)
        #expect(
            lines == [
                "SYNCED Service 1 object",
                "ADDED Service default/db type ClusterIP, addresses None",
            ])
    }

    @Test func `endpoints are counted, and other fields of a slice are named`() throws {
        let source = stage.source
        source.sync([try Samples.slice([Samples.ready])])
        stage.then {}
        let conditions = [Samples.ready, Samples.ready, Samples.serving]
        stage.then { source.put(try Samples.slice(conditions)) }
        stage.then { source.put(try Samples.slice(conditions, zone: "z2")) }
        #expect(try stage.watch(request([.endpointSlice])) == .success)
        #expect(
            lines.suffix(2) == [
                "MODIFIED EndpointSlice default/web-1 endpoints 1 → 2 ready, terminating 0 → 1",
                "MODIFIED EndpointSlice default/web-1 endpoints[0].zone, endpoints[1].zone, "
                    + "endpoints[2].zone",
            ])
    }

    @Test func `reports, connections and kinds that are missing are told`() throws {
        let (source, reports) = (stage.source, stage.reports)
        source.count { $0.connectionsOpened = 1 }
        reports.add(Report(.info, "asks for services"))
        stage.then {}
        stage.then {}
        stage.then { reports.add(Report(.error, "refused")) }
        #expect(try stage.watch(request([.service]), within: .milliseconds(30)) == .success)
        #expect(
            lines == [
                "CONNECTED connection 1 of this process", "INFO asks for services",
                "UNSYNCED Service not listed yet after 0 s", "ERROR refused",
            ])
    }

    @Test func `machines get the objects too`() throws {
        stage.source.sync([try Samples.namespace("a")])
        stage.then {}
        #expect(try stage.watch(request([.namespace]) { $0.isJSON = true }) == .success)
        let lines = try stage.output.map { line in
            try #require(try JSONValue(document: line.utf8.span).object)
        }
        #expect(lines.map { $0["type"]?.string } == ["ADDED", "SYNCED"])
        #expect(lines[0].members.map(\.key) == ["time", "type", "kind", "name", "text", "object"])
        #expect(lines[0]["object"] == (try Samples.namespace("a").document))
    }

    @Test func `a closed pipe ends the watch quietly`() throws {
        stage.source.sync([try Samples.namespace("a")])
        stage.then { throw PlatformError(.brokenPipe, "write to stream") }
        #expect(try stage.watch(request([.namespace])) == .success)
    }

    @Test(
        "differences leave out what stays",
        arguments: [
            ("3 ready", "4 ready", "3 → 4 ready"), ("a", "b", "a → b"), ("a b", "b", "a b → b"),
            ("1 in, 0 out", "2 in, 1 out", "1 in, 0 → 2 in, 1 out"), ("x y", "z y", "x → z y"),
        ])
    func differences(before: String, now: String, text: String) {
        #expect(Summary.difference(before, now) == text)
    }
}
