import APIServerSupport
import Bench
import Kubernetes
import Platform

/// A server in this process, and the process that is measured.
struct Run {
    let cluster: any GeneratedCluster
    let changes: Int
    let rate: Int
    let program: String

    /// Serves the cluster as protobuf until it is killed, for other programs to be measured, and
    /// leaves the same objects in a file, one a line, for what they are compared with.
    func serve(in directory: String) throws {
        let server = try Served(cluster, .protobuf, in: directory)
        try writeObjects(to: "\(directory)/objects")
        defer { withExtendedLifetime(server) {} }
        while true {
            sleep(for: .seconds(60))
            server.handler.sendBookmarks()
        }
    }

    func measure(_ format: ObjectFormat) throws {
        let directory = "/tmp/weft-bench-watcher-\(UInt32.random(in: 0 ... .max))"
        try Directory.create(directory, mode: 0o700)
        defer { remove(directory) }
        let served = try Served(cluster, format, in: directory)
        let handler = served.handler
        let changing = try Thread { [handler, changes, rate] in
            // Until the list has been read; what is written before waits in the server.
            sleep(for: .seconds(4))
            try? handler.change(changes, perSecond: rate)
        }
        let outcome = try Program(
            program,
            ["--kubeconfig", "\(directory)/config", "--changes", "\(changes)"],
            limit: .seconds(120)
        ).run()
        changing.join()
        print("watcher: \(format), \(cluster.services) services and slices")
        for line in String(decoding: outcome.output + outcome.errors, as: UTF8.self)
            .split(separator: "\n")
        {
            print("watcher:   \(line)")
        }
        if format == .json { try baseline(handler, in: directory) }
    }

    private func writeObjects(to path: String) throws {
        var lines: [UInt8] = []
        for object in cluster.namespaces { lines += try ObjectFormat.json.line(object) }
        for object in cluster.allServices { lines += try ObjectFormat.json.line(object) }
        for object in try cluster.allSlices() { lines += try ObjectFormat.json.line(object) }
        try File.replace(path, with: lines.span, durably: false)
    }

    /// What Python's own reader, which is written in C, needs for the same bytes.
    private func baseline(_ handler: Handler, in directory: String) throws {
        let bytes = handler.bytes
        try File.replace("\(directory)/events.json", with: bytes.span, durably: false)
        let outcome = try Program(
            "/usr/bin/env", ["python3", "-c", Self.python, "\(directory)/events.json"],
            limit: .seconds(120)
        ).run()
        print("watcher: \(String(decoding: outcome.output + outcome.errors, as: UTF8.self))")
    }

    private func remove(_ directory: String) {
        for name in (try? Directory.list(directory)) ?? [] {
            _ = try? File.remove("\(directory)/\(name)")
        }
        _ = try? Directory.remove(directory)
    }

    private static let python = """
        import json, resource, sys
        held = [json.loads(line) for line in open(sys.argv[1])]
        used = resource.getrusage(resource.RUSAGE_SELF)
        print("python json.loads cpu_ms", round((used.ru_utime + used.ru_stime) * 1000),
              "peak_kib", used.ru_maxrss, "objects", len(held))
        """
}

/// A server that has the cluster, and a kubeconfig that leads to it.
struct Served {
    let handler: Handler
    private let server: TestServer

    init(_ cluster: any GeneratedCluster, _ format: ObjectFormat, in directory: String) throws {
        handler = try Handler(cluster, format)
        let authority = try CertificateAuthority()
        server = try TestServer(ServerSettings(try authority.server()), handler: handler)
        let certificate = authority.certificate
        try File.replace("\(directory)/ca.pem", with: certificate.span, durably: false)
        let config = Array(Self.kubeconfig(server.url).utf8)
        try File.replace("\(directory)/config", with: config.span, durably: false)
    }

    private static func kubeconfig(_ url: String) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: bench
        contexts: [{name: bench, context: {cluster: bench, user: bench}}]
        clusters: [{name: bench, cluster: {server: "\(url)", certificate-authority: ca.pem}}]
        users: [{name: bench, user: {token: bench}}]
        """
    }
}

extension ObjectFormat {
    fileprivate func line<Object: KubernetesObject>(
        _ object: Object
    ) throws(ObjectError) -> [UInt8] { try item(object) + [UInt8(ascii: "\n")] }
}
