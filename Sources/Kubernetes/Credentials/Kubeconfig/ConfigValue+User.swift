extension ConfigValue {
    /// Adds what an entry of `users` says.
    func addUser(to plan: inout AccessPlan, cluster: ConfigValue) throws(CredentialsError) {
        try refuse("auth-provider", "use exec with a credential plugin of the cloud, or a token")
        try refuse("username", "API servers take no passwords since 1.19: use a token or exec")
        try refuse("password", "API servers take no passwords since 1.19: use a token or exec")
        plan.certificate = try content("client-certificate", .certificates)
        plan.key = try content("client-key", .key)
        if plan.certificate != nil, plan.key == nil {
            throw missing("client-key", "a client certificate needs its key")
        }
        if plan.key != nil, plan.certificate == nil {
            throw missing("client-certificate", "a client key needs its certificate")
        }
        plan.token = try tokenSource(cluster: cluster)
        plan.access.impersonation = try impersonation()
    }

    private func refuse(_ key: String, _ remedy: String) throws(CredentialsError) {
        guard let value = self[key] else { return }
        throw value.error(.unsupported, "is not supported", remedy)
    }

    /// A token that is written down comes before a plugin, as in every client.
    private func tokenSource(
        cluster: ConfigValue
    ) throws(CredentialsError) -> AccessPlan.TokenSource {
        let token = try fixedToken()
        if let file = try filePath("tokenFile") { return .file(file, fallback: token) }
        if let token { return .fixed(token) }
        return try self["exec"].map { value throws(CredentialsError) in
            .plugin(try CredentialPlugin(value, cluster: cluster))
        } ?? .none
    }

    private func fixedToken() throws(CredentialsError) -> Secret? {
        guard let value = self["token"], let text = try value.text() else { return nil }
        guard let token = Secret(token: Array(text.utf8)) else {
            throw value.invalid(
                "holds a character that no header can have", "write the token in one line")
        }
        return token
    }
}

extension Secret {
    /// A token without the space around it; nil when there is none, or when no header can hold it.
    init?(token bytes: [UInt8]) {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let token = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        guard !token.isEmpty, token.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        self.init(Array(token))
    }
}
