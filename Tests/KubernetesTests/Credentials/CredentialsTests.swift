import Platform
import TestSupport
import Testing

@testable import Kubernetes

@Suite struct `Credentials that are kept` {
    private func settings(_ directory: String, user: [String]) throws -> CredentialsSettings {
        try write(Sample.kubeconfig(user: user), to: "\(directory)/config")
        return CredentialsSettings(
            kubeconfig: "\(directory)/config", environment: ["PATH": "/usr/bin:/bin"])
    }

    @Test func `files are read beside the kubeconfig and again when they change`() throws {
        try withTemporaryDirectory { directory in
            for (name, text) in [("c", Sample.certificate), ("k", Sample.key), ("t", "one")] {
                try write(text, to: "\(directory)/\(name)")
            }
            var credentials = try Credentials(
                try settings(
                    directory, user: ["client-certificate: c", "client-key: k", "tokenFile: t"]))
            let first = try credentials.current(now: .at(0))
            #expect(first.token == Secret("one") && first.clientKeyPEM == Secret(Sample.key))
            try write(Sample.other, to: "\(directory)/c")
            try write("two", to: "\(directory)/t")
            let second = try credentials.current(now: .at(1))
            #expect(second.token == Secret("two"))
            #expect(second.clientCertificatePEM == Array(Sample.other.utf8))
        }
    }

    @Test func `the token beside a token file counts until the file can be read`() throws {
        try withTemporaryDirectory { directory in
            var credentials = try Credentials(
                try settings(directory, user: ["tokenFile: t", "token: written"]))
            #expect(try credentials.current(now: .at(0)).token == Secret("written"))
            #expect(try credentials.current(now: .at(1)).token == Secret("written"))
            #expect(credentials.takeWarnings().count == 1)
            try write("rotated", to: "\(directory)/t")
            #expect(try credentials.current(now: .at(2)).token == Secret("rotated"))
        }
    }

    @Test func `a refused token makes the kubeconfig be read again, not too often`() throws {
        try withTemporaryDirectory { directory in
            let settings = try settings(directory, user: ["token: one"])
            var credentials = try Credentials(settings)
            let old = try credentials.current(now: .at(0))
            _ = try self.settings(directory, user: ["token: two"])
            #expect(try credentials.current(now: .at(1)) == old)
            #expect(credentials.reload(after: old, now: .at(2)) == true)
            let new = try credentials.current(now: .at(2))
            #expect(new.token == Secret("two"))
            // An answer to a request from before.
            #expect(credentials.reload(after: old, now: .at(3)) == true)
            _ = try self.settings(directory, user: ["token: three"])
            #expect(credentials.reload(after: new, now: .at(4)) == false)
            #expect(try credentials.current(now: .at(4)) == new)
            #expect(credentials.reload(after: new, now: .at(12)) == true)
            #expect(try credentials.current(now: .at(12)).token == Secret("three"))
        }
    }

    @Test func `a kubeconfig that became unusable is told, and the old one stays`() throws {
        try withTemporaryDirectory { directory in
            var credentials = try Credentials(try settings(directory, user: ["token: one"]))
            let access = try credentials.current(now: .at(0))
            try write("users: [", to: "\(directory)/config")
            #expect(credentials.reload(after: access, now: .at(1)) == true)
            #expect(try credentials.current(now: .at(1)) == access)
            let warnings = credentials.takeWarnings()
            #expect(warnings.count == 1 && warnings[0].contains("\(directory)/config:2:1"))
        }
    }
}

@Suite struct `Credential plugins` {
    /// Runs a kubeconfig whose plugin is a script beside it.
    private func withPlugin(
        _ script: String, _ more: [String] = [], cluster: [String] = [],
        limit: Duration = .seconds(30), _ body: (String, inout Credentials) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory in
            try Directory.create("\(directory)/bin")
            try write(
                "#!/bin/sh\ncd \(directory)\n\(script)\n", to: "\(directory)/bin/plugin",
                mode: 0o755)
            let lines = [
                "apiVersion: client.authentication.k8s.io/v1", "interactiveMode: IfAvailable",
                "command: bin/plugin",
            ]
            let text = Sample.kubeconfig(
                cluster: cluster, user: ["exec:"] + (lines + more).map { "  \($0)" })
            try write(text, to: "\(directory)/config")
            var settings = CredentialsSettings(
                kubeconfig: "\(directory)/config",
                environment: [
                    "PATH": "/usr/bin:/bin", "OWN": "inherited", "KUBERNETES_EXEC_INFO": "x",
                ])
            settings.pluginLimit = limit
            var credentials = try Credentials(settings)
            try body(directory, &credentials)
        }
    }

    private static func answer(_ status: String) -> String {
        "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
            + "\"status\":{\(status)}}"
    }

    /// Answers with a token that counts the runs.
    private static let counting =
        "echo x >> runs\ncat <<END\n"
        + answer("\"token\":\"t$(wc -l < runs)\",\"expirationTimestamp\":\"2026-01-01T00:01:00Z\"")
        + "\nEND"

    @Test func `a credential is kept until it expires or is refused`() throws {
        try withPlugin(Self.counting) { _, credentials in
            let first = try credentials.current(now: .at(0))
            #expect(first.token == Secret("t1"))
            #expect(try credentials.current(now: .at(59)) == first)
            let second = try credentials.current(now: .at(60))
            #expect(second.token == Secret("t2"))
            #expect(credentials.reload(after: second, now: .at(61)) == true)
            #expect(try credentials.current(now: .at(61)).token == Secret("t3"))
        }
    }

    @Test func `it may be a client certificate`() throws {
        let certificate = Sample.certificate.replacing("\n", with: "\\n")
        let key = Sample.key.replacing("\n", with: "\\n")
        let script =
            "cat <<'END'\n"
            + Self.answer(
                "\"clientCertificateData\":\"\(certificate)\",\"clientKeyData\":\"\(key)\"")
            + "\nEND"
        try withPlugin(script) { _, credentials in
            let access = try credentials.current(now: .at(0))
            #expect(access.token == nil)
            #expect(access.clientCertificatePEM == Array(Sample.certificate.utf8))
            #expect(access.clientKeyPEM == Secret(Sample.key))
        }
    }

    @Test func `the plugin gets its arguments, the environment and the cluster`() throws {
        let script =
            "echo \"$*|$OWN|$MINE|$(cat)\" > seen; echo \"$KUBERNETES_EXEC_INFO\" > info\n"
            + Self.counting
        let more = [
            "args: [get, 'a b', '$HOME']", "env: [{name: MINE, value: 'x=y'}]",
            "provideClusterInfo: true",
        ]
        let cluster = [
            "certificate-authority-data: \(Sample.base64(Sample.certificate))",
            "tls-server-name: api", "extensions:",
            "- name: client.authentication.k8s.io/exec", "  extension: {audience: [1, 2.50, ~]}",
        ]
        try withPlugin(script, more, cluster: cluster) { directory, credentials in
            _ = try credentials.current(now: .at(0))
            let seen = String(decoding: try File.read("\(directory)/seen"), as: UTF8.self)
            #expect(seen == "get a b $HOME|inherited|x=y|\n")
            let info = String(decoding: try File.read("\(directory)/info"), as: UTF8.self)
            #expect(
                info == "{\"kind\":\"ExecCredential\",\"apiVersion\":"
                    + "\"client.authentication.k8s.io/v1\",\"spec\":{\"interactive\":false,"
                    + "\"cluster\":{\"server\":\"https://10.0.0.1:6443\",\"tls-server-name\":"
                    + "\"api\",\"certificate-authority-data\":"
                    + "\"\(Sample.base64(Sample.certificate))\","
                    + "\"config\":{\"audience\":[1,2.5,null]}}}}\n")
        }
    }

    @Test(
        arguments: [
            (
                "echo 'please log in' >&2; echo 'HUSH'; exit 3",
                "failed (exit status 3): please log in"
            ),
            ("printf 'a\\033[31m\\nb' >&2; kill -9 $$", "failed (killed by signal 9): a[31m / b"),
            (
                "echo '{\"token\":\"HUSH'; echo odd >&2",
                "its answer is not JSON (line 1, column 15): odd"
            ),
            ("exec sleep 60", "cannot be run: "), ("yes HUSH", "cannot be run: "),
        ])
    func `a plugin that fails is told with what it said and what to do`(
        script: String, problem: String
    ) throws {
        let limit = Duration.seconds(script.contains("sleep") ? 1 : 30)
        let more = ["installHint: get it from example.org", "args: [--password, HUSH]"]
        try withPlugin(script, more, limit: limit) { directory, credentials in
            let error = #expect(throws: CredentialsError.self) {
                try credentials.current(now: .at(0))
            }
            let text = error.map { "\($0)" } ?? ""
            #expect(
                text.hasPrefix(
                    "\(directory)/config:15: users[u].user.exec: \(directory)/bin/plugin"))
            #expect(
                text.contains(problem) && text.hasSuffix("; get it from example.org"), "\(text)")
            #expect(!text.contains("HUSH"), "\(text)")
        }
    }

    @Test func `a plugin that is not there is told with how to install it`() throws {
        try withTemporaryDirectory { directory in
            let lines = [
                "apiVersion: client.authentication.k8s.io/v1beta1", "command: weft-no-such-plugin",
                "installHint: install it", "args: [HUSH]",
            ]
            try write(
                Sample.kubeconfig(user: ["exec:"] + lines.map { "  \($0)" }),
                to: "\(directory)/config")
            var credentials = try Credentials(
                CredentialsSettings(kubeconfig: "\(directory)/config", environment: [:]))
            let error = #expect(throws: CredentialsError.self) {
                try credentials.current(now: .at(0))
            }
            let text = error.map { "\($0)" } ?? ""
            #expect(text.contains("weft-no-such-plugin cannot be run: "), "\(text)")
            #expect(text.hasSuffix("; install it") && !text.contains("HUSH"), "\(text)")
        }
    }

    @Test func `a failing plugin is not started for every request`() throws {
        try withPlugin("echo x >> runs; exit 1") { directory, credentials in
            for second in [0, 1, 9, 10] as [Int64] {
                #expect(throws: CredentialsError.self) {
                    try credentials.current(now: .at(second))
                }
            }
            let runs = try File.read("\(directory)/runs")
            #expect(runs == Array("x\nx\n".utf8))
        }
    }
}
