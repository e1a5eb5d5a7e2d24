import JSON

extension CredentialPlugin {
    /// What the plugin finds in KUBERNETES_EXEC_INFO.
    func info(_ access: ClusterAccess) -> String {
        var specification: JSONObject = ["interactive": .bool(false)]
        if providesClusterInfo {
            specification.members.append(.init(key: "cluster", value: cluster(access)))
        }
        return JSONValue.object([
            "kind": .string("ExecCredential"), "apiVersion": .string(apiVersion),
            "spec": .object(specification),
        ]).text
    }

    private func cluster(_ access: ClusterAccess) -> JSONValue {
        let members: [(String, JSONValue?)] = [
            ("server", .string(access.server)),
            ("tls-server-name", access.serverName.map { .string($0) }),
            ("insecure-skip-tls-verify", access.isInsecure ? .bool(true) : nil),
            (
                "certificate-authority-data",
                access.authorityPEM.map { .string(Base64.encode($0)) }
            ),
            ("proxy-url", access.proxyURL.map { .string($0.revealed) }),
            ("disable-compression", access.compresses ? nil : .bool(true)),
            ("config", clusterConfig),
        ]
        return .object(
            JSONObject(
                members: members.compactMap { key, value in
                    value.map { JSONObject.Member(key: key, value: $0) }
                }))
    }
}
