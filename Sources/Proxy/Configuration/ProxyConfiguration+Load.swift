import Platform

extension ProxyConfiguration {
    /// Reads the text of a file; `name` is what its errors call it.
    package static func read(
        _ text: Span<UInt8>, name: String
    ) throws(ConfigurationError) -> LoadedConfiguration {
        try ConfigurationFile(text, name: name).found.load()
    }

    /// Reads the fields of a mapping that is part of another file.
    package static func read(_ section: Setting) throws(ConfigurationError) -> LoadedConfiguration {
        try ConfigurationFile(section).found.load()
    }
}

extension ConfigurationFile {
    init(path: String) throws(ConfigurationError) {
        let text: [UInt8]
        do throws(PlatformError) {
            text = try File.read(path)
        } catch {
            throw ConfigurationError(
                path, "cannot be read: \(error.reason)", remedy: "check the path of --config")
        }
        try self.init(text.span, name: path)
    }
}
