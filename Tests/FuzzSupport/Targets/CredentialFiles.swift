import Kubernetes

extension FuzzTargets {
    /// What credentials are read from.
    static let credentialFiles = [
        FuzzTarget("credentials.kubeconfig", texts: kubeconfigTexts) { input in
            guard let config = try? Kubeconfig(input.span, file: "config") else { return }
            _ = try? config.plan()
            for name in config.contextNames { _ = try? config.plan(context: name) }
        },
        FuzzTarget("credentials.base64", texts: ["Zm9vYg==", "Zm9v\nYmE=", "AAECAwQFBgc="]) {
            input in
            guard let bytes = Base64.decode(input.span) else { return }
            // There is one way to write the bytes, but for where the lines are broken.
            let text = input.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            precondition(Array(Base64.encode(bytes).utf8) == text)
        },
    ]

    static let kubeconfigTexts = [
        """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts:
        - name: one
          context: {cluster: k, user: exec, namespace: n}
        - name: two
          context: {cluster: l, user: token}
        clusters:
        - name: k
          cluster:
            server: https://10.0.0.1:6443
            tls-server-name: api
            extensions:
            - name: client.authentication.k8s.io/exec
              extension: {a: [1, 2.5]}
        - name: l
          cluster: {server: http://l, proxy-url: socks5://p, insecure-skip-tls-verify: true}
        users:
        - name: exec
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1beta1
              command: bin/plugin
              args: [a, b]
              env:
              - {name: A, value: B}
              provideClusterInfo: true
        - name: token
          user:
            token: abc
            as: jane
            as-groups: [a]
            as-user-extra: {"k/%": [v]}
        """,
        "{\"kind\":\"Config\",\"users\":[{\"name\":\"a\",\"user\":{\"client-key-data\":\"aGk=\"}}]}",
    ]
}
