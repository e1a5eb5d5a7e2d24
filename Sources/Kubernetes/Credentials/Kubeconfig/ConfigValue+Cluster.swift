extension ConfigValue {
    /// What an entry of `clusters` says.
    func clusterPlan() throws(CredentialsError) -> AccessPlan {
        guard let server = self["server"], let url = try server.text() else {
            throw missing("server", "write the API server's URL, such as https://10.0.0.1:6443")
        }
        var plan = AccessPlan(server: try server.serverURL(url))
        plan.authority = try content("certificate-authority", .certificates)
        plan.access.isInsecure = try flag("insecure-skip-tls-verify")
        plan.access.serverName = try text("tls-server-name")
        plan.access.proxyURL = try proxyURL()
        plan.access.compresses = try !flag("disable-compression")
        guard plan.access.isInsecure else { return plan }
        guard plan.authority == nil else {
            throw invalid(
                "names a certificate-authority and says insecure-skip-tls-verify",
                "remove insecure-skip-tls-verify")
        }
        plan.warnings.append(
            "\(place): insecure-skip-tls-verify: whoever answers at \(plan.access.server) is "
                + "believed to be the API server")
        return plan
    }

    /// `KEY-data`, or else the file that `KEY` names.
    func content(
        _ key: String, _ kind: ContentKind
    ) throws(CredentialsError) -> AccessPlan.Content? {
        let dataKey = "\(key)-data"
        guard let data = try data(dataKey) else { return try filePath(key).map { .file($0) } }
        guard kind.value(data.bytes) != nil else {
            throw (self[dataKey] ?? self).invalid(
                kind.defect, "write what base64 -w0 makes of the file")
        }
        return .data(data)
    }

    private func serverURL(_ text: String) throws(CredentialsError) -> String {
        guard let rest = Self.rest(of: text, schemes: ["https", "http"]) else {
            throw invalid(
                "is no URL", "write https://, the host and the port: https://10.0.0.1:6443")
        }
        guard !rest.contains("@"), !rest.contains("?"), !rest.contains("#") else {
            throw invalid(
                "holds more than a host, a port and a path", "credentials belong in users")
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// The URL as it is used, without a slash at the end; nil if it is none, or holds more.
    static func server(_ text: String) -> String? {
        guard let rest = rest(of: text, schemes: ["https", "http"]),
            !rest.contains(where: { "@?#".contains($0) })
        else { return nil }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    private func proxyURL() throws(CredentialsError) -> Secret? {
        guard let value = self["proxy-url"], let text = try value.text() else { return nil }
        guard Self.rest(of: text, schemes: ["http", "https", "socks5"]) != nil else {
            throw value.invalid(
                "is no URL of a proxy", "begin it with http://, https:// or socks5://")
        }
        return Secret(text)
    }

    /// What follows the scheme, if it is one of these and something follows.
    private static func rest(of text: String, schemes: [String]) -> Substring? {
        guard let scheme = schemes.first(where: { text.hasPrefix("\($0)://") }) else { return nil }
        let rest = text.dropFirst(scheme.count + "://".count)
        let isClean = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isClean && !rest.isEmpty && rest.first != "/" ? rest : nil
    }
}
