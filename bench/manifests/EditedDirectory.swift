import Kubernetes
import Measure
import Platform

/// A directory of services and their pods that are edited one by one, and a source that watches it.
final class EditedDirectory {
    let files: Int
    private(set) var firstSight = Duration.zero
    private(set) var readBytes = 0
    private let path: String
    private let source: ManifestSource

    init(files: Int) throws(PlatformError) {
        self.files = files
        path = "/tmp/weft-bench-manifests-\(UInt32.random(in: 0 ... .max))"
        try Directory.create(path)
        for number in 0..<files { try Self.write(number, version: 0, in: path) }
        let start = MonotonicTime.now
        source = try ManifestSource(directory: path) { print("manifests: \($0.text)") }
        while source.store.snapshot.services.count < files { sleep(for: .microseconds(100)) }
        firstSight = MonotonicTime.now - start
    }

    deinit {
        source.stop()
        for number in 0..<files { _ = try? File.remove("\(path)/\(number).yaml") }
        _ = try? Directory.remove(path)
    }
}

extension EditedDirectory {
    /// From the rename to the moment when a consumer sees the edit, in the service and its slice.
    func measure(edits: Int) throws(PlatformError) -> Samples {
        var samples = Samples(of: "rename to visible")
        let before = source.statistics.bytesReceived
        for edit in 1...edits {
            let number = edit * 7919 % files
            let key = ObjectKey(namespace: "default", name: "service-\(number)")
            try Self.write(number, version: edit, in: path)
            let start = MonotonicTime.now
            while !isSeen(key, version: edit) { sleep(for: .microseconds(50)) }
            samples.add(MonotonicTime.now - start)
            sleep(for: .milliseconds(10))
        }
        readBytes = Int(source.statistics.bytesReceived - before)
        return samples
    }

    private func isSeen(_ key: ObjectKey, version: Int) -> Bool {
        let service = source.store.snapshot.services[key]?.value
        return service?.metadata.labels["version"] == "\(version)"
    }

    private static func write(
        _ number: Int, version: Int, in path: String
    ) throws(PlatformError) {
        let text = """
            apiVersion: v1
            kind: Service
            metadata: {name: service-\(number), labels: {version: "\(version)"}}
            spec: {selector: {app: a\(number)}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: pod-\(number), labels: {app: a\(number), version: "\(version)"}}
            status: {podIPs: [{ip: 10.244.\(number / 250 % 250).\(number % 250 + 1)}]}

            """
        try File.replace("\(path)/\(number).yaml", with: text.utf8.span, durably: false)
    }
}
