import Testing

@testable import Kubernetes

@Suite struct `A kubeconfig` {
    @Test func `a plan has what cluster, user and context say`() throws {
        let plan = try Sample.plan(
            cluster: [
                "tls-server-name: api.example", "proxy-url: http://me:pw@proxy:3128",
                "disable-compression: true", "unknown: [1, 2]",
                "certificate-authority-data: \(Sample.base64(Sample.certificate))",
            ],
            user: [
                "client-certificate: pki/me.crt", "client-key: /etc/me.key", "token: ' t0k \n'",
                "as: jane", "as-uid: '17'", "as-groups: [dev, ops]",
                "as-user-extra: {example.org/Why: [x, z]}",
            ])
        #expect(plan.access.server == "https://10.0.0.1:6443")
        #expect(plan.access.serverName == "api.example" && !plan.access.compresses)
        #expect(plan.access.proxyURL?.revealed == "http://me:pw@proxy:3128")
        #expect(plan.authority?.rendered == "data \(Sample.certificate)")
        #expect(plan.certificate?.rendered == "file /k/pki/me.crt")
        #expect(plan.key?.rendered == "file /etc/me.key")
        #expect(plan.token.rendered == "fixed t0k")
        #expect(
            plan.access.impersonation.map { "\($0.name): \($0.value)" } == [
                "Impersonate-User: jane", "Impersonate-Uid: 17", "Impersonate-Group: dev",
                "Impersonate-Group: ops", "Impersonate-Extra-example.org%2FWhy: x",
                "Impersonate-Extra-example.org%2FWhy: z",
            ])
        #expect(plan.access.namespace == "default" && plan.warnings.isEmpty)
    }

    @Test(
        arguments: [
            ("[token: a, tokenFile: t]", "file /k/t a"), ("[tokenFile: /t]", "file /t -"),
            ("[token: a, exec: {}]", "fixed a"), ("[token: '', tokenFile: ~]", "none"),
        ])
    func `the token comes from where other clients take it`(user: String, source: String) throws {
        let lines = user.dropFirst().dropLast().split(separator: ", ").map(String.init)
        #expect(try Sample.plan(user: lines).token.rendered == source)
    }

    @Test func `JSON is read as well`() throws {
        let text = """
            {"kind":"Config","current-context":"c","contexts":[{"name":"c","context":
            \t{"cluster":"k","user":"u","namespace":"n"}}],"clusters":[{"name":"k","cluster":
            {"server":"https:\\/\\/[fd00::1]:6443/"}}],"users":[{"name":"u","user":{"token":"t"}}]}
            """
        let plan = try Kubeconfig(text.utf8.span, file: "config").plan()
        #expect(plan.access.server == "https://[fd00::1]:6443" && plan.access.namespace == "n")
        #expect(plan.token.rendered == "fixed t")
    }

    @Test func `what is dangerous is said`() throws {
        let plan = try Sample.plan(cluster: ["insecure-skip-tls-verify: true"])
        #expect(plan.access.isInsecure)
        #expect(plan.warnings.count == 1 && plan.warnings[0].contains("/k/config:10: insecure"))
        let text = Sample.kubeconfig().replacing("https:", with: "http:")
        let other = try Kubeconfig(text.utf8.span, file: "f").plan()
        #expect(other.warnings.count == 1 && other.warnings[0].contains("without TLS"))
    }

    @Test func `another context can be chosen, and only what it needs is looked at`() throws {
        let text = """
            current-context: bad
            contexts:
            - {name: bad, context: {cluster: k, user: old}}
            - {name: good, context: {cluster: k, user: new}}
            clusters: [{name: k, cluster: {server: 'https://k'}}]
            users:
            - {name: old, user: {auth-provider: {name: gcp}}}
            - {name: new, user: {token: t}}
            """
        let config = try Kubeconfig(text.utf8.span, file: "f")
        #expect(config.contextNames == ["bad", "good"])
        #expect(try config.plan(context: "good").token.rendered == "fixed t")
        #expect(throws: CredentialsError.self) { try config.plan() }
    }

    @Test func `of several files the first that has a name wins`() throws {
        let first = """
            contexts: [{name: c, context: {cluster: k, user: u}}]
            users: [{name: u, user: {tokenFile: here}}]
            """
        let second = """
            current-context: c
            contexts: [{name: c, context: {cluster: other, user: u}}]
            clusters: [{name: k, cluster: {server: 'https://k', certificate-authority: ca}}]
            users: [{name: u, user: {token: never}}]
            """
        var config = try Kubeconfig(first.utf8.span, file: "/a/config")
        config.merge(try Kubeconfig(second.utf8.span, file: "/b/config"))
        config.merge(try Kubeconfig("current-context: x".utf8.span, file: "/c/config"))
        config.merge(try Kubeconfig("".utf8.span, file: "/d/config"))
        let plan = try config.plan()
        #expect(plan.access.server == "https://k")
        #expect(plan.token.rendered == "file /a/here -")
        #expect(plan.authority?.rendered == "file /b/ca")
    }
}

@Suite struct `Mistakes in a kubeconfig` {
    @Test(
        arguments: [
            ("username: me", "/k/config:14: users[u].user.username: is not supported; API servers"),
            ("password: pw", "/k/config:14: users[u].user.password: is not supported; API servers"),
            (
                "auth-provider: {name: gcp}",
                "users[u].user.auth-provider: is not supported; use exec"
            ),
            ("client-certificate: a", "client-key is missing; a client certificate needs its key"),
            ("client-key: a", "client-certificate is missing"),
            ("client-key-data: '%'", "users[u].user.client-key-data: is not Base64"),
            ("client-key-data: aGk=", "users[u].user.client-key-data: holds no private key in PEM"),
            ("token: 12", "/k/config:14: users[u].user.token: must be text; put it in quotes"),
            ("token: \"a\\nb\"", "users[u].user.token: holds a character that no header can have"),
            ("as-groups: [a]", "users[u].user: as is missing"),
            ("as: \"a\\r\\nb\"", "users[u].user: Impersonate-User would hold a control character"),
            ("as-groups: a", "users[u].user.as-groups: must be a list"),
            ("exec: {apiVersion: a}", "users[u].user.exec: command is missing"),
            (
                "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}",
                "v1alpha1 is not supported; write client.authentication.k8s.io/v1"
            ),
            (
                "exec: {command: x, apiVersion: client.authentication.k8s.io/v1}",
                "users[u].user.exec: interactiveMode is missing"
            ),
            (
                "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, "
                    + "interactiveMode: Always}", "the plugin wants a terminal"
            ),
        ])
    func `a user's are told with line, key and remedy`(line: String, error: String) {
        let thrown = #expect(throws: CredentialsError.self) { try Sample.plan(user: [line]) }
        #expect(thrown.map { "\($0)".contains(error) } == true, "\(thrown as Any)")
    }

    @Test(
        arguments: [
            (
                "server: 10.0.0.1",
                "/k/config:8: clusters[k].cluster.server: is no URL; write https://"
            ),
            ("server: https://u:p@h", "holds more than a host, a port and a path"),
            ("server: https://", "clusters[k].cluster.server: is no URL"),
            ("server: 'https://a b'", "clusters[k].cluster.server: is no URL"),
            ("other: a", "/k/config:8: clusters[k].cluster: server is missing"),
            ("server: https://h, proxy-url: ftp://p", "cluster.proxy-url: is no URL of a proxy"),
            (
                "server: https://h, insecure-skip-tls-verify: true, certificate-authority: a",
                "remove insecure-skip-tls-verify"
            ),
            ("server: https://h, insecure-skip-tls-verify: 'true'", "must be true or false"),
            (
                "server: https://h, certificate-authority-data: aGk=",
                "certificate-authority-data: holds no certificate in PEM form"
            ),
        ])
    func `a cluster's are told as well`(cluster: String, error: String) {
        let text = """
            kind: Config
            current-context: c
            contexts:
            - name: c
              context: {cluster: k}
            clusters:
            - name: k
              cluster: {\(cluster)}
            """
        let thrown = #expect(throws: CredentialsError.self) {
            try Kubeconfig(text.utf8.span, file: "/k/config").plan()
        }
        #expect(thrown.map { "\($0)".contains(error) } == true, "\(thrown as Any)")
    }

    @Test(
        arguments: [
            ("a: [", "f:2:1: a value must stand here; mend the file"),
            ("- a", "f:1: is not a kubeconfig"), ("kind: Pod", "f:1: is a Pod, not a kubeconfig"),
            ("a: b\n---\nc: d", "holds several documents"),
            ("users: [{user: {}}]", "f:1: users[0]: name is missing"),
            ("users: [{name: a}]", "f:1: users[a]: user is missing"),
            ("users: [{name: a, user: {}}, {name: a, user: {}}]", "f:1: users[a]: is there twice"),
            ("users: {a: b}", "f:1: users: must be a list"),
            ("users: [{name: a, user: b}]", "f:1: users[a].user: must be a mapping"),
            ("contexts: []", "current-context: is missing; set it, or choose"),
            (
                "current-context: x",
                "f:1: current-context: there is no context \"x\"; set it to one"
            ),
            (
                "current-context: c\ncontexts: [{name: c, context: {cluster: k}}]",
                "f:2: contexts[c].context.cluster: there is no cluster \"k\"; add it to clusters"
            ),
            (
                "current-context: c\ncontexts: [{name: c, context: {}}]",
                "f:2: contexts[c].context: cluster is missing"
            ),
        ])
    func `a file's are told as well`(text: String, error: String) {
        let thrown = #expect(throws: CredentialsError.self) {
            try Kubeconfig(text.utf8.span, file: "f").plan()
        }
        #expect(thrown.map { "\($0)".contains(error) } == true, "\(thrown as Any)")
    }

    @Test func `a context that is not there is answered with those that are`() {
        let thrown = #expect(throws: CredentialsError.self) {
            try Kubeconfig(Sample.kubeconfig().utf8.span, file: "f").plan(context: "x")
        }
        #expect(
            thrown.map { "\($0)" }
                == "--context: there is no context \"x\"; choose one of contexts: c")
    }
}
