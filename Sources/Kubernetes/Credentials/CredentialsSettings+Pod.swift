import Platform

extension CredentialsSettings {
    /// What the kubelet gives a pod: variables with the address, files with the credentials.
    func servicePlan(_ tried: inout [String]) throws(CredentialsError) -> AccessPlan? {
        guard let host = variable("KUBERNETES_SERVICE_HOST"),
            let port = variable("KUBERNETES_SERVICE_PORT")
        else {
            tried.append("not in a pod: KUBERNETES_SERVICE_HOST and _PORT are not set")
            return nil
        }
        guard context == nil else {
            tried.append("a pod's service account has no contexts")
            return nil
        }
        var plan = AccessPlan(server: try Self.server(host, port))
        plan.token = .file("\(serviceAccount)/token", fallback: nil)
        plan.access.namespace = podNamespace ?? plan.access.namespace
        let authority = "\(serviceAccount)/ca.crt"
        if (try? File.status(authority)) != nil {
            plan.authority = .file(authority)
        } else {
            plan.warnings.append(
                "\(authority) is not there; the API server is checked against the authorities "
                    + "that the system trusts")
        }
        return plan
    }

    private static func server(
        _ host: String, _ port: String
    ) throws(CredentialsError) -> String {
        guard let port = UInt16(port), port > 0 else {
            throw CredentialsError(
                .invalid, "KUBERNETES_SERVICE_PORT", "is no port",
                remedy: "unset it, or give --kubeconfig FILE")
        }
        // An IPv6 address needs brackets in a URL.
        return host.contains(":") ? "https://[\(host)]:\(port)" : "https://\(host):\(port)"
    }

    private var podNamespace: String? {
        guard let bytes = try? CredentialsFile.read("\(serviceAccount)/namespace") else {
            return nil
        }
        return Secret(token: bytes)?.revealed
    }
}
