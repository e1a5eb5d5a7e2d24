extension Kubeconfig {
    /// What a context says, the current one unless another is named.
    package func plan(context wanted: String? = nil) throws(CredentialsError) -> AccessPlan {
        let context = try context(wanted)
        guard let name = try context.text("cluster") else {
            throw context.missing("cluster", "name one of clusters")
        }
        let cluster = try entry(name, of: clusters, "cluster", for: context)
        var plan = try cluster.clusterPlan()
        if let namespace = try context.text("namespace") { plan.access.namespace = namespace }
        if let name = try context.text("user") {
            let user = try entry(name, of: users, "user", for: context)
            try user.addUser(to: &plan, cluster: cluster)
        } else {
            plan.warnings.append("\(context.place): \(context.path) names no user")
        }
        if plan.access.server.hasPrefix("http:") {
            plan.warnings.append(
                "\(cluster.place): the API server is reached without TLS; everybody between can read "
                    + "along, tokens included")
        }
        return plan
    }

    private func context(_ wanted: String?) throws(CredentialsError) -> ConfigValue {
        let known = contextNames.isEmpty ? "there are none" : contextNames.joined(separator: ", ")
        if let wanted {
            if let context = contexts[wanted] { return context }
            throw CredentialsError(
                .invalid, "--context", "there is no context \"\(wanted)\"",
                remedy: "choose one of contexts: \(known)")
        }
        guard let current = currentContext, let name = try current.text() else {
            throw CredentialsError(
                .invalid, contexts.values.first?.file ?? "kubeconfig", key: "current-context",
                "is missing", remedy: "set it, or choose with --context: \(known)")
        }
        guard let context = contexts[name] else {
            throw current.invalid(
                "there is no context \"\(name)\"", "set it to one of contexts: \(known)")
        }
        return context
    }

    private func entry(
        _ name: String, of entries: [String: ConfigValue], _ key: String, for context: ConfigValue
    ) throws(CredentialsError) -> ConfigValue {
        if let entry = entries[name] { return entry }
        let known = entries.keys.sorted().joined(separator: ", ")
        throw (context[key] ?? context).invalid(
            "there is no \(key) \"\(name)\"",
            known.isEmpty ? "add it to \(key)s" : "name one of \(key)s: \(known)")
    }
}
