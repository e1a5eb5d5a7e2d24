package import JSON

/// A network's configuration as a plugin receives it: what all plugins read of it.
package struct NetworkConfiguration: Sendable {
    package let version: ProtocolVersion
    /// The network's name.
    package let name: String
    /// The document itself, in which a plugin finds its own keys.
    package let settings: Settings
    /// What the runtime adds for this one call: port mappings, bandwidth, addresses.
    package let runtime: Settings
    /// Where plugins that are programs of their own are found: CNI_PATH.
    package let searchPath: [String]
    /// The document as it came, for delegates.
    package let text: [UInt8]

    package init(
        _ document: JSONValue, text: [UInt8] = [], searchPath: [String] = []
    ) throws(CNIError) {
        version = try ProtocolVersion(of: document)
        // A document with a version is an object.
        settings = Settings(document.object ?? [:])
        name = try Self.name(settings["name"])
        runtime = try settings.section("runtimeConfig")
        self.searchPath = searchPath
        self.text = text
    }

    /// C6: the name has the alphabet of a container ID.
    private static func name(_ setting: Setting) throws(CNIError) -> String {
        guard let name = try setting.string() else {
            throw CNIError(
                .invalidConfiguration, "name is missing",
                details: "the configuration needs \"name\", the name of the network")
        }
        guard let defect = Identifier.defect(of: name) else { return name }
        throw setting.wrong(defect)
    }
}

extension NetworkConfiguration {
    /// `args.cni`, by which a user passes settings in the configuration itself.
    package var arguments: Settings {
        get throws(CNIError) { try settings.section("args").section("cni") }
    }

    /// The result of the plugins before this one.
    package var previousResult: NetworkResult? {
        get throws(CNIError) {
            let setting = settings["prevResult"]
            guard let document = setting.value else { return nil }
            return try NetworkResult(document, in: version, at: setting.path)
        }
    }
}
