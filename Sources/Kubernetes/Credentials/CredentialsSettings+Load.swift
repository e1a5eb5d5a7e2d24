import Platform

extension CredentialsSettings {
    /// The credentials that are found, for the server that is wanted; without a kubeconfig none.
    func load() throws(CredentialsError) -> AccessPlan {
        guard let server else { return try find() }
        guard let address = ConfigValue.server(server) else {
            throw CredentialsError(
                .invalid, "", "\(server) is no URL of an API server",
                remedy: "write https:// or http://, the host and the port")
        }
        var plan = kubeconfig == nil ? AccessPlan(server: address) : try find()
        plan.access.server = address
        if let certificates {
            plan.certificate = .file(certificates.certificate)
            plan.key = .file(certificates.key)
            plan.authority = .file(certificates.authority)
        }
        if address.hasPrefix("http:"), kubeconfig != nil {
            plan.warnings.append(
                "\(address) is reached without TLS; everybody between can read along, tokens included"
            )
        }
        return plan
    }

    /// Looks where clients of Kubernetes look, in their order, and takes the first that is there.
    private func find() throws(CredentialsError) -> AccessPlan {
        if let kubeconfig { return try plan(of: kubeconfig) }
        var tried: [String] = []
        if let plan = try listedPlan(&tried) { return plan }
        if let plan = try servicePlan(&tried) { return plan }
        if let plan = try homePlan(&tried) { return plan }
        throw CredentialsError(
            .notConfigured, "", "nothing says how to reach an API server",
            remedy: "give --kubeconfig FILE (tried: \(tried.joined(separator: "; ")))")
    }

    /// The one file that must be there.
    private func plan(of file: String) throws(CredentialsError) -> AccessPlan {
        let bytes = try CredentialsFile.read(file)
        return try Kubeconfig(bytes.span, file: file).plan(context: context)
    }

    /// The files of KUBECONFIG; one of several may be missing.
    private func listedPlan(_ tried: inout [String]) throws(CredentialsError) -> AccessPlan? {
        guard let list = variable("KUBECONFIG") else {
            tried.append("KUBECONFIG is not set")
            return nil
        }
        var whole = Kubeconfig()
        var missing: [String] = []
        for path in list.split(separator: ":").map(String.init) {
            guard try exists(path) else {
                missing.append(path)
                continue
            }
            let bytes = try CredentialsFile.read(path)
            whole.merge(try Kubeconfig(bytes.span, file: path))
        }
        guard !whole.isEmpty else {
            tried.append("no file of KUBECONFIG=\(list) is there and says something")
            return nil
        }
        var plan = try whole.plan(context: context)
        plan.warnings += missing.map { "\($0), which KUBECONFIG names, is not there" }
        return plan
    }

    private func homePlan(_ tried: inout [String]) throws(CredentialsError) -> AccessPlan? {
        guard let home = variable("HOME") else {
            tried.append("HOME is not set")
            return nil
        }
        let path = "\(home)/.kube/config"
        if try exists(path) { return try plan(of: path) }
        tried.append("\(path) is not there")
        return nil
    }

    private func exists(_ path: String) throws(CredentialsError) -> Bool {
        do throws(PlatformError) {
            return try File.status(path) != nil
        } catch {
            if error.isVanished { return false }
            throw CredentialsError(
                .unreadable, path, "cannot be looked at: \(error.reason)",
                remedy: "check the path, and who may read it")
        }
    }
}
