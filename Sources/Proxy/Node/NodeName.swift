import Platform

/// The name by which the cluster knows this node (S3).
package enum NodeName {
    /// The override, else the machine's name; nil if nothing is left of it.
    static func resolve(override: String, hostname: String) -> String? {
        let name = override.isEmpty ? hostname : override
        let trimmed = name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
        return trimmed.isEmpty ? nil : String(trimmed.reversed()).lowercased()
    }

    package static func resolve(
        _ configuration: ProxyConfiguration
    ) throws(ConfigurationError) -> String {
        let override = configuration.hostnameOverride
        // A machine whose name cannot be read is as one without.
        let hostname = (try? Machine.hostname) ?? ""
        guard let name = resolve(override: override, hostname: hostname) else {
            throw ConfigurationError(
                "", key: "hostnameOverride", "this machine has no name",
                remedy: "write the node's, or give --hostname-override")
        }
        return name
    }
}
