import Platform
import TestSupport
import Testing

@testable import Kubernetes

@Suite("A directory of manifests, watched")
struct ManifestSourceTests {
    private func withWatched(
        _ before: String = "pod a old > a.yaml", _ body: (WatchedDirectory) throws -> Void
    ) throws {
        try withTemporaryDirectory { path in
            try WatchedDirectory.shell(before, in: path)
            let directory = try WatchedDirectory(path)
            defer { directory.source.stop() }
            try body(directory)
        }
    }

    @Test(
        "whatever way a file is saved, the old content counts until the new is there",
        arguments: [
            // Plain, and in several writes.
            "pod a new > a.yaml",
            "{ pod a new | head -c 20; sleep 0.1; pod a new | tail -c +21; } > a.yaml",
            // kubectl, sed -i and most programs.
            "pod a new > a.yaml.tmp; mv a.yaml.tmp a.yaml",
            "sed -i s/old/new/ a.yaml",
            // vim, with a slow disk, and its test of whether it may write.
            "> 4913; rm 4913; > .a.yaml.swp; mv a.yaml a.yaml~; { sleep 0.1; pod a new; } > a.yaml;"
                + " rm a.yaml~ .a.yaml.swp",
            // emacs: a lock, a saved draft, a backup by rename.
            "ln -s user@host.1 .#a.yaml; pod a draft > '#a.yaml#'; mv a.yaml a.yaml~;"
                + " pod a new > a.yaml; rm .#a.yaml '#a.yaml#'",
            // A link and a hard link in its place.
            "pod a new > .hidden; ln -sf .hidden a.yaml",
            "pod a new > .hidden; ln -f .hidden a.yaml",
        ])
    func saving(script: String) throws {
        try withWatched { directory in
            directory.expect(["a": "old"])
            let seen = directory.source.store.snapshot.version
            try directory.shell(script)
            directory.expect(["a": "new"])
            // One change: the pod was never gone, and never read in part.
            #expect(directory.source.store.snapshot.version == seen + 1)
            #expect(directory.reports == [])
        }
    }

    @Test func `files and directories come, go and are renamed`() throws {
        try withWatched { directory in
            directory.expect(["a": "old"])
            try directory.shell("mkdir -p x/y .git; pod b 1 > x/y/b.yml; pod c 1 > .git/c.yaml")
            directory.expect(["a": "old", "b": "1"])
            try directory.shell("mv x z; pod d 1 > z/y/d.yaml")
            directory.expect(["a": "old", "b": "1", "d": "1"])
            try directory.shell("mv a.yaml e.yaml; rm z/y/b.yml")
            directory.expect(["a": "old", "d": "1"])
            try directory.shell("rm -r z")
            directory.expect(["a": "old"])
            #expect(directory.reports == [])
        }
    }

    @Test func `a mounted ConfigMap changes all its files at once`() throws {
        let mount = """
            mkdir ..1 ..1/sub; pod a 1 > ..1/a.yaml; pod b 1 > ..1/sub/b.yaml; ln -s ..1 ..data
            ln -s ..data/a.yaml a.yaml; ln -s ..data/sub sub
            """
        try withWatched(mount) { directory in
            directory.expect(["a": "1", "b": "1"])
            let seen = directory.source.store.snapshot.version
            try directory.shell(
                """
                mkdir ..2 ..2/sub; pod a 2 > ..2/a.yaml; pod b 2 > ..2/sub/b.yaml
                ln -s ..2 ..data_tmp; mv -T ..data_tmp ..data; rm -r ..1
                """)
            directory.expect(["a": "2", "b": "2"])
            #expect(directory.source.store.snapshot.version == seen + 1)
            #expect(directory.reports == [])
        }
    }

    @Test func `a bad file keeps its last good version, and disturbs no other`() throws {
        try withWatched("pod a 1 > a.yaml; pod b 1 > b.yaml; echo '{' > c.json") { directory in
            directory.expect(["a": "1", "b": "1"])
            #expect(directory.reports.count == 1)
            try directory.shell("{ pod a 2; echo '---'; echo 'x: [}'; } > a.yaml; pod b 2 > b.yaml")
            directory.expect(["a": "1", "b": "2"])
            #expect(directory.reports.last?.hasPrefix("\(directory.path)/a.yaml:5:5: ") == true)
            try directory.shell("pod a 3 > a.yaml; rm c.json")
            directory.expect(["a": "3", "b": "2"])
            #expect(directory.reports.count == 2)
        }
    }

    @Test func `a directory that is missing is waited for, and may go and come back`() throws {
        try withTemporaryDirectory { path in
            let directory = try WatchedDirectory("\(path)/x/y")
            defer { directory.source.stop() }
            sleep(for: .milliseconds(50))
            #expect(!directory.source.store.snapshot[state: .pod].isSynced)
            try WatchedDirectory.shell(
                "mkdir x; sleep 0.05; mkdir x/y; pod a 1 > x/y/a.yaml", in: path)
            directory.expect(["a": "1"])
            #expect(directory.source.store.snapshot[state: .service].isSynced)
            try WatchedDirectory.shell("rm -r x/y", in: path)
            directory.expect([:])
            try WatchedDirectory.shell("mkdir z; pod b 1 > z/b.yaml; mv z x/y", in: path)
            directory.expect(["b": "1"])
            let other = "mkdir z; pod b 2 > z/b.yaml; mv x/y old; mv z x/y"
            try WatchedDirectory.shell(other, in: path)
            directory.expect(["b": "2"])
        }
    }

    @Test func `of a thousand files the edited one is read, and no other`() throws {
        let many = "i=0; while [ $i -lt 1000 ]; do pod p$i old > $i.yaml; i=$((i+1)); done"
        try withWatched(many) { directory in
            var expected: [String: String] = [:]
            for number in 0..<1000 { expected["p\(number)"] = "old" }
            directory.expect(expected)
            let bytes = directory.source.statistics.bytesReceived
            try directory.shell("pod p7 new > .new; mv .new 7.yaml")
            expected["p7"] = "new"
            directory.expect(expected)
            let text = WatchedDirectory.pod("p7", "new")
            #expect(directory.source.statistics.bytesReceived - bytes == UInt64(text.utf8.count))
        }
    }

    @Test func `addresses outlive the source, and a damaged state file is set aside`() throws {
        try withTemporaryDirectory { path in
            let state = "\(path)/state.json"
            let service =
                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}"
            try File.replace("\(path)/web.yaml", with: service.utf8.span)
            let key = ObjectKey(namespace: "default", name: "web")
            func address() throws -> [ClusterIP] {
                let directory = try WatchedDirectory(path + "/.", state: state)
                defer { directory.source.stop() }
                let deadline = MonotonicTime.now + .seconds(10)
                while directory.source.store.snapshot.services[key] == nil, .now < deadline {}
                return directory.source.store.snapshot.services[key]?.value.spec.clusterIPs ?? []
            }
            _ = try address()
            let other = String(decoding: try File.read(state), as: UTF8.self)
                .replacing(/10\.96\.\d+\.\d+/, with: "10.96.77.77")
            try File.replace(state, with: other.utf8.span)
            #expect(try address().map(\.fieldText) == ["10.96.77.77"])
            try File.replace(state, with: "{\"version\": 9}".utf8.span)
            #expect(try address().map(\.fieldText) != ["10.96.77.77"])
            #expect(try File.read("\(state).damaged").count == 14)
        }
    }
}
