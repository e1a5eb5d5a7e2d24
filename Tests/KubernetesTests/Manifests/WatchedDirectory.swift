import Platform
import Synchronization
import TestSupport
import Testing

@testable import Kubernetes

/// A directory of manifests, and the source that watches it.
final class WatchedDirectory: Sendable {
    let path: String
    let source: ManifestSource
    private let said: Reports

    private final class Reports: Sendable {
        let texts = Mutex<[String]>([])
    }

    init(_ path: String, state: String? = nil) throws {
        self.path = path
        let said = Reports()
        self.said = said
        var options = ManifestOptions()
        options.stateFile = state
        source = try ManifestSource(directory: path, options: options) { report in
            said.texts.withLock { $0.append(report.text) }
        }
    }

    deinit { source.stop() }
}

extension WatchedDirectory {
    var reports: [String] { said.texts.withLock { $0 } }

    /// The `from` labels of all pods, by name.
    var pods: [String: String] {
        var pods: [String: String] = [:]
        for (key, pod) in source.store.snapshot.pods {
            pods[key.name] = pod.value.metadata.labels["from"] ?? ""
        }
        return pods
    }

    /// Waits until the pods are these; a busy machine may take its time.
    func expect(_ expected: [String: String], _ location: SourceLocation = #_sourceLocation) {
        let deadline = MonotonicTime.now + .seconds(10)
        while pods != expected, .now < deadline { sleep(for: .milliseconds(2)) }
        #expect(pods == expected, "\(reports)", sourceLocation: location)
    }

    /// Does something during which the pods never are others than these.
    func steadily(_ expected: [String: String], _ body: () throws -> Void) throws {
        try body()
        let deadline = MonotonicTime.now + .milliseconds(120)
        while .now < deadline {
            #expect(pods == expected)
            sleep(for: .milliseconds(2))
        }
    }

    static func pod(_ name: String, _ from: String) -> String {
        "apiVersion: v1\nkind: Pod\nmetadata: {name: \(name), labels: {from: \"\(from)\"}}\n"
    }

    /// Runs a script in the directory, in which `pod NAME FROM` prints a manifest.
    static func shell(_ script: String, in path: String) throws {
        let function = "pod() { printf '\(pod("%s", "%s").replacing("\n", with: "\\n"))' $1 $2; }"
        let program = Program(
            "sh", ["-ec", "cd \(path); \(function)\n\(script)"],
            environment: ["PATH=/usr/bin:/bin"])
        let outcome = try program.run()
        #expect(outcome.status == .exited(0), "\(String(decoding: outcome.errors, as: UTF8.self))")
    }

    func shell(_ script: String) throws { try Self.shell(script, in: path) }
}
